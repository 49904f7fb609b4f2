/** A metric family: what is measured under one name. */
export interface Family {
  /** Without suffixes such as `_bucket`. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** What is counted, and where. */
  readonly help: string;
}

/** A number of a family. */
export interface Sample {
  /** What follows the family's name: `_bucket`, `_sum`, `_count`; none by default. */
  readonly suffix?: string;
  /** As `labels` makes them. */
  readonly labels: string;
  readonly value: number;
}

/** Prometheus text exposition format 0.0.4. */
export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** A family as Prometheus reads it: HELP, TYPE, and a line for each sample. */
export function expose({ name, type, help }: Family, samples: Iterable<Sample>): string {
  const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
  for (const { suffix = '', labels: text, value } of samples) {
    lines.push(`${name}${suffix}${text === '' ? '' : `{${text}}`} ${value}`);
  }
  return `${lines.join('\n')}\n`;
}

/** `service="shop/cart:80",status="200"`. An empty value is as good as none, and stays for the eye. */
export function labels(values: Readonly<Record<string, number | string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(',');
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
