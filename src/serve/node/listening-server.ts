/**
 * A server that listens, as far as its users see it: what they import names no types of Node, which they need not have.
 */

export interface ListeningServer {
  readonly port: number;
  /** Takes no more requests and lets those under way end: reads for five seconds, pushes for five minutes. */
  readonly close: () => Promise<void>;
}
