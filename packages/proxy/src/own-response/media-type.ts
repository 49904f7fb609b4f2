/** What our own words can be written in. */
export type MediaType = 'application/problem+json' | 'text/plain';

/** The media ranges that each of them satisfies, the most specific first. A browser asks for HTML and gets plain text. */
const RANGES: Readonly<Record<MediaType, readonly string[]>> = {
  'application/problem+json': [
    'application/problem+json',
    'application/json',
    'application/*',
    '*/*',
  ],
  'text/plain': ['text/plain', 'text/html', 'text/*', '*/*'],
};

/**
 * Which of the two the client would rather have: RFC 9110 section 12.5.1. Where it has no preference, or wants neither,
 * `application/problem+json`.
 */
export function preferredMediaType(accept: string | null): MediaType {
  const weights = weightsOf(accept ?? '*/*');
  const weigh = (type: MediaType) =>
    RANGES[type].map((range) => weights.get(range)).find((weight) => weight !== undefined) ?? 0;
  return weigh('text/plain') > weigh('application/problem+json')
    ? 'text/plain'
    : 'application/problem+json';
}

/** Media range without parameters → its weight, 0–1. */
function weightsOf(accept: string): ReadonlyMap<string, number> {
  return new Map(
    accept.split(',').map((element) => {
      const [range = '', ...parameters] = element
        .toLowerCase()
        .split(';')
        .map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return [range, weight === undefined ? 1 : Number(weight.slice(2)) || 0] as const;
    }),
  );
}
