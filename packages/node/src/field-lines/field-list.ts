import type { HeaderFields } from '@portolan/proxy';

/** Header fields as `node:http` has them: name and value by turns, in the order of the message. */
export type RawFields = readonly string[];

/** What a field value may be made of: RFC 9110 section 5.5. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** A field name: RFC 9110 section 5.1. */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;

/**
 * A header section as a list of its lines, in their order. What `Headers` would make of a line is made of it only when somebody
 * asks, and what comes from one connection goes into another as it is.
 */
export class FieldList implements HeaderFields {
  /** Name in lower case and value by turns. */
  #lines: string[];

  private constructor(lines: string[]) {
    this.#lines = lines;
  }

  /** The fields of a message that a strict parser has read. */
  static of(raw: RawFields): FieldList {
    const lines = Array.from(raw);
    for (let at = 0; at < lines.length; at += 2) lines[at] = (lines[at] ?? '').toLowerCase();
    return new FieldList(lines);
  }

  /** The lines as `node:http` takes them: name and value by turns. Not to be changed. */
  get lines(): RawFields {
    return this.#lines;
  }

  copy(): FieldList {
    return new FieldList(this.#lines.slice());
  }

  get(name: string): string | null {
    const lines = this.#lines;
    const wanted = name.toLowerCase();
    let found: string | null = null;
    for (let at = 0; at < lines.length; at += 2) {
      if (lines[at] !== wanted) continue;
      const value = lines[at + 1] ?? '';
      // RFC 9110 section 5.3; RFC 6265 section 5.4 for Cookie, as RFC 9113 section 8.2.3 has it.
      found = found === null ? value : `${found}${wanted === 'cookie' ? '; ' : ', '}${value}`;
    }
    return found;
  }

  has(name: string): boolean {
    return this.#find(name.toLowerCase()) >= 0;
  }

  set(name: string, value: string): void {
    const wanted = checkedName(name);
    const lines = this.#lines;
    const first = this.#find(wanted);
    if (first < 0) {
      lines.push(wanted, checkedValue(value));
      return;
    }
    lines[first + 1] = checkedValue(value);
    this.#deleteFrom(first + 2, wanted);
  }

  append(name: string, value: string): void {
    this.#lines.push(checkedName(name), checkedValue(value));
  }

  delete(name: string): void {
    this.#deleteFrom(0, name.toLowerCase());
  }

  getSetCookie(): string[] {
    return this.#lines.filter((_, at) => at % 2 === 1 && this.#lines[at - 1] === 'set-cookie');
  }

  keys(): Iterable<string> {
    return this.#lines.filter((_, at) => at % 2 === 0);
  }

  *[Symbol.iterator](): Iterator<[name: string, value: string]> {
    for (let at = 0; at < this.#lines.length; at += 2) {
      yield [this.#lines[at] ?? '', this.#lines[at + 1] ?? ''];
    }
  }

  /** @returns -1 where there is none. */
  #find(wanted: string): number {
    for (let at = 0; at < this.#lines.length; at += 2) {
      if (this.#lines[at] === wanted) return at;
    }
    return -1;
  }

  #deleteFrom(start: number, unwanted: string): void {
    const lines = this.#lines;
    let end = start;
    for (let at = start; at < lines.length; at += 2) {
      const [name = '', value = ''] = [lines[at], lines[at + 1]];
      if (name === unwanted) continue;
      if (end !== at) {
        lines[end] = name;
        lines[end + 1] = value;
      }
      end += 2;
    }
    lines.length = end;
  }
}

export function isFieldName(text: string): boolean {
  return NAME.test(text);
}

export function isFieldValue(text: string): boolean {
  return VALUE.test(text);
}

function checkedName(name: string): string {
  if (!isFieldName(name)) throw new TypeError(`${JSON.stringify(name)} is no field name`);
  return name.toLowerCase();
}

/** Without space at its ends, as `Headers` has it. */
function checkedValue(value: string): string {
  if (!isFieldValue(value)) throw new TypeError(`${JSON.stringify(value)} is no field value`);
  return value.trim();
}
