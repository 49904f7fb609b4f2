/** Milliseconds that a Retry-After field asks for; `undefined` where it says nothing. RFC 9110 section 10.2.3. */
export function retryAfterOf(field: string | null | undefined): number | undefined {
  if (field === null || field === undefined) return undefined;
  if (/^\d+$/.test(field.trim())) return Number(field) * 1000;
  const date = Date.parse(field);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
