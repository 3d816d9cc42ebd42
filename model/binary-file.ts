/** A file that is no text, such as a picture or a font. */
export interface BinaryFile {
    base64: string;
}
