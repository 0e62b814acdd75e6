/** The unit in which limits of what a request may hold are set and told. */

/** Bytes. */
export const MEBIBYTE = 1024 * 1024;
