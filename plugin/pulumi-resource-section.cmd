@echo off
node "%~dp0bin\pulumi-resource-section.js" %*
