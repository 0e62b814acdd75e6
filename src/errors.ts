/**
 * The errors that a user can do something about. Everything else that is thrown is a defect.
 */

/** What a {@link FeedError} carries beside its message. */
export interface FeedErrorOptions {
  /** The next step for the user, as one sentence without a full stop. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * An error for the user: the message starts with the failed action, quotes the value and has no full stop;
 * `code` is stable and may be matched by programs.
 *
 * @example
 * throw new FeedError("base-url-missing", "Cannot build a feed without a base URL", {
 *   hint: "add --base-url https://example.com/feed/",
 * });
 */
export class FeedError extends Error {
  override readonly name: string = "FeedError";
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: FeedErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

/**
 * What is wrong with the bytes of one package. The message is a reason only ("no .nuspec in its root"); whoever
 * knows the file puts `Cannot read package "a.nupkg": ` before it.
 */
export class PackageError extends FeedError {
  override readonly name: string = "PackageError";
}

/** Both on one line, for where there is no place for a line of hints. */
export function messageWithHint({ message, hint }: FeedError): string {
  return hint === undefined ? message : `${message}; ${hint}`;
}
