/** An error as JSON, in the shape that the command line uses too. */

export function jsonError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = JSON.stringify({ error: { code, message } });
  return new Response(body, { status, headers: { "Content-Type": "application/json", ...headers } });
}
