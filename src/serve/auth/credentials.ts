/**
 * The keys that a request presents (protocol.md §7.2): clients send the key for publishing in a header of its own, and
 * the one for reading as the password of a user whose name does not matter.
 */

export interface Credentials {
  /** Text of `X-NuGet-ApiKey`. */
  readonly apiKey?: string;
  /** The password of `Authorization: Basic`, or the token of `Authorization: Bearer`. */
  readonly authorization?: string;
  /** Whether anything was presented, also what can be no key: an unknown scheme, Base64 that is none. */
  readonly isPresented: boolean;
  /** Whether the client was asked for credentials and has none: .NET answers that with an empty user and password. */
  readonly isEmptyAnswer: boolean;
}

const emptyAnswer = /^basic +og==$/i;

/** An empty header is none: a client sends it for a key that was configured as empty. */
export function credentialsOf(headers: Headers): Credentials {
  const apiKey = headers.get("X-NuGet-ApiKey")?.trim() || undefined;
  const given = headers.get("Authorization")?.trim() ?? "";
  const isEmptyAnswer = emptyAnswer.test(given);
  const header = given === "" || isEmptyAnswer ? undefined : given;
  const authorization = header === undefined ? undefined : keyOf(header);
  return {
    ...(apiKey !== undefined && { apiKey }),
    ...(authorization !== undefined && { authorization }),
    isPresented: apiKey !== undefined || header !== undefined,
    isEmptyAnswer,
  };
}

/** The key in `Authorization` (RFC 9110 §11.4: the scheme is in any letter case). */
function keyOf(header: string): string | undefined {
  const [, scheme = "", rest = ""] = /^([\w-]+) +(\S+)$/.exec(header) ?? [];
  switch (scheme.toLowerCase()) {
    case "basic":
      return passwordOf(rest);
    case "bearer":
      return rest;
    default:
      return undefined;
  }
}

const decoder = new TextDecoder();

/**
 * What stands behind the first colon (RFC 7617 §2: a user name holds none). A user name in another encoding than UTF-8
 * does no harm, since keys are ASCII.
 */
function passwordOf(base64: string): string | undefined {
  const bytes = decodeBase64(base64);
  if (bytes === undefined) return undefined;
  const text = decoder.decode(bytes);
  const colon = text.indexOf(":");
  return colon === -1 ? undefined : text.slice(colon + 1) || undefined;
}

/** With padding or without. */
function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
