/** The id by which one request can be followed through the logs of proxies and this server. */

const ID = /^[\w.-]{1,64}$/;

/**
 * @param stated - value of the request's `X-Request-Id`
 * @param isTrusted - whether it comes from a proxy that may choose the id
 * @returns the stated id, or a fresh one that nobody can guess
 */
export function requestId(stated: string | undefined, isTrusted: boolean): string {
  return isTrusted && stated !== undefined && ID.test(stated) ? stated : crypto.randomUUID();
}
