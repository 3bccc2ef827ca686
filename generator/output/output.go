// Package output publishes files as they come, as a folder and as a zip. It holds none of them.
//
// The folder is replaced as a whole or not at all, whatever ends the process. What stood there is
// removed, with everything in it, only when its caller recognises it as an earlier output, and kept
// otherwise. The zip depends on nothing but the files and their order: the same files give the same
// bytes on every machine. The package knows nothing of what the files say.
package output
