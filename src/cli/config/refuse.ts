/** Makes the error that tells which value was refused; `needed` ends its sentence "needed is …". */
export type Refuse = (needed: string) => Error;
