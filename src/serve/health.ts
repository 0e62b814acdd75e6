/**
 * Whether the server runs, and whether it can do its work: for whatever starts servers and sends requests to them.
 */

export interface ReadyCheck {
  /** Shown to everybody: says which part it is, and no more. */
  readonly name: string;
  /** Rejects when the part cannot do its work. */
  readonly check: () => Promise<void>;
}

export interface ReadyOptions {
  /** Milliseconds after which a check has failed. Default 5000. */
  readonly limit?: number;
  /** Told why a check failed, which nobody else is. */
  readonly onFailure?: (name: string, error: unknown) => void;
}

const DEFAULT_LIMIT = 5000;

/** Answer of `/health/live`: whoever can answer lives. */
export function liveAnswer(): Response {
  return healthAnswer(200, { status: "live" });
}

/** Answer of `/health/ready`: 200 when all checks pass, else 503 with the names of those that do not. */
export async function readyAnswer(
  checks: readonly ReadyCheck[],
  { limit = DEFAULT_LIMIT, onFailure }: ReadyOptions = {},
): Promise<Response> {
  const results = await Promise.allSettled(checks.map(({ check }) => within(limit, check)));
  const failed = checks.flatMap(({ name }, index) => {
    const result = results[index];
    if (result?.status !== "rejected") return [];
    onFailure?.(name, result.reason);
    return [name];
  });
  return failed.length === 0
    ? healthAnswer(200, { status: "ready" })
    : healthAnswer(503, { status: "unavailable", failed });
}

function healthAnswer(status: number, body: Readonly<Record<string, unknown>>): Response {
  const headers = { "Content-Type": "application/json", "Cache-Control": "no-store" };
  return new Response(JSON.stringify(body), { status, headers });
}

async function within(limit: number, check: () => Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limit} ms`)), limit);
  });
  try {
    await Promise.race([check(), late]);
  } finally {
    clearTimeout(timer);
  }
}
