/** One family, as a scraper would read it. */
export interface ParsedFamily {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly ParsedSample[];
}

export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Reads the Prometheus text exposition format 0.0.4 character by character, and throws where something is not of the
 * format, a family comes twice, a sample has no family or comes twice, or the last line does not end.
 */
export function parseExposition(text: string): readonly ParsedFamily[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families: { name: string; help: string; type: string; samples: ParsedSample[] }[] = [];
  const seen = new Set<string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const family = families.at(-1);
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (keyword === 'HELP') {
      if (families.some((each) => each.name === name)) throw new Error(`${name} comes twice`);
      families.push({ name, help: rest, type: '', samples: [] });
    } else if (family === undefined) {
      throw new Error(`without a family: ${line}`);
    } else if (keyword === 'TYPE') {
      if (family.name !== name || family.type !== '') throw new Error(`a TYPE of its own: ${line}`);
      family.type = rest;
    } else {
      const sample = parseSample(line);
      const suffix = sample.name.slice(family.name.length);
      const suffixes = family.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      if (!sample.name.startsWith(family.name) || !suffixes.includes(suffix)) {
        throw new Error(`of another family: ${line}`);
      }
      const key = JSON.stringify([sample.name, Object.entries(sample.labels)]);
      if (seen.has(key)) throw new Error(`a sample comes twice: ${line}`);
      seen.add(key);
      family.samples.push(sample);
    }
  }
  return families;
}

function parseSample(line: string): ParsedSample {
  let at = 0;
  const fail = (expected: string): never => {
    throw new Error(`expected ${expected} at ${at}: ${line}`);
  };
  const take = (pattern: RegExp, expected: string): string => {
    const [found] = new RegExp(pattern.source, 'y').exec(line.slice(at)) ?? fail(expected);
    at += found.length;
    return found;
  };
  const name = take(/[a-zA-Z_:][a-zA-Z0-9_:]*/, 'a metric name');
  const labels: Record<string, string> = {};
  if (line[at] === '{') {
    do {
      at += 1;
      const label = take(/[a-zA-Z_][a-zA-Z0-9_]*/, 'a label name');
      take(/="/, '="');
      let value = '';
      while (line[at] !== '"') {
        const character = line[at++] ?? fail('a quote');
        const escaped = character === '\\' ? line[at++] : undefined;
        if (escaped === undefined) value += character;
        else value += escaped === 'n' ? '\n' : (/["\\]/.exec(escaped)?.[0] ?? fail('an escape'));
      }
      at += 1;
      if (label in labels) fail('another label');
      labels[label] = value;
    } while (line[at] === ',');
    take(/\}/, 'the end of the labels');
  }
  take(/ /, 'a space');
  const value = take(/\+Inf|-Inf|NaN|[-+.\deE]+$/, 'a number');
  return { name, labels, value: Number(value.replace('Inf', 'Infinity')) };
}
