@echo off
node "%~dp0..\bin\pulumi-resource-section.js" %*
