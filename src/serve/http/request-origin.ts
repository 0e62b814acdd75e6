/**
 * What the runtime knows of a request and the request itself does not tell. It is handed to an app as the second argument
 * of its `fetch`, so that code for the web needs to know no runtime.
 */

export interface RequestOrigin {
  /** IP address of the client, as far as trusted proxies tell it. */
  readonly address: string;
  /** How the client speaks with the feed, or with the proxy in front of it. */
  readonly protocol: "http" | "https";
  /** Host and port that the client asked for. */
  readonly host: string;
  /** See `requestId`. */
  readonly requestId: string;
}

/** What an app may add to the log of a request. */
export interface RequestNotes {
  /** Name of the API key that was used; never the key. */
  user?: string;
  /** Anything that helps whoever reads the log. */
  note?: string;
}

export type KeepAlive = (work: Promise<unknown>) => void;

/** The second argument of an app's `fetch`. */
export interface RequestEnvironment {
  readonly origin: RequestOrigin;
  readonly notes: RequestNotes;
  /** Takes what shall go on after the answer, where the runtime would end it otherwise. */
  readonly keepAlive?: KeepAlive;
}
