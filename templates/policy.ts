/**
 * What pages may load and run. Everything in a package is untrusted: should some of it get past escaping, it still runs
 * nothing and reaches no other host.
 */

/** The Content-Security-Policy of every page. Images may come from elsewhere: READMEs and old packages name them by address. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' https: data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
].join("; ");
