/** A file that is no text, such as a picture or a font. */
export interface BinaryFile {
    /** Its bytes, in base64. */
    base64: string;
}
