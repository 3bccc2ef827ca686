/**
 * The script that the index begins with, from the folder of the other scripts. Its address stays
 * while what it holds changes. The number is that of the format, as in the generator's
 * searchindex.Entry.
 */
export const entry = '../data/search-1'
