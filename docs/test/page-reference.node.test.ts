import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { describeSession } from './session/describe-session.ts';
import { ROOT } from './session/session.ts';

describeSession('docs/reference/decision.md');
describeSession('docs/reference/snapshot.md');

/** What a type's fields are, as its source has them and as a page shows them. */
interface Field {
  readonly name: string;
  readonly there: string;
}

const DECISION = 'engine/src/decision/decision.ts';
const SNAPSHOT = 'engine/src/snapshot/snapshot.ts';
const TABLE = 'routing/src/table/table.ts';
const ROUTE = 'routing/src/route/route.ts';
const SERVICE_TYPE = 'core/src/service-type/service-type.ts';

describe.each([
  [
    'docs/reference/decision.md',
    {
      RequestFacts: [
        ...fieldsOf('routing/src/route/request.ts', 'RequestFacts'),
        ...fieldsOf(DECISION, 'RequestFacts'),
      ],
      ForwardDecision: traced('ForwardDecision'),
      RedirectDecision: traced('RedirectDecision'),
      RespondDecision: traced('RespondDecision'),
      DecidedRoute: fieldsOf(DECISION, 'DecidedRoute'),
      DecidedService: fieldsOf(DECISION, 'DecidedService'),
      Endpoint: fieldsOf('core/src/endpoint-set/endpoint-set.ts', 'Endpoint'),
      DecisionTrace: fieldsOf(DECISION, 'DecisionTrace'),
      RouteTrace: fieldsOf('routing/src/match/trace.ts', 'RouteTrace'),
      Candidate: fieldsOf('routing/src/match/trace.ts', 'Candidate'),
    },
  ],
  [
    'docs/reference/snapshot.md',
    {
      Snapshot: fieldsOf(SNAPSHOT, 'Snapshot'),
      SnapshotService: fieldsOf(SNAPSHOT, 'SnapshotService'),
      SnapshotPort: fieldsOf(SNAPSHOT, 'SnapshotPort'),
      Refusal: fieldsOf(SERVICE_TYPE, 'Refusal'),
      SnapshotFrontend: [
        ...picked(fieldsOf(SERVICE_TYPE, 'Frontend')),
        ...fieldsOf(SNAPSHOT, 'SnapshotFrontend'),
      ],
      RouteTable: fieldsOf(TABLE, 'RouteTable'),
      TableEntry: fieldsOf(TABLE, 'TableEntry'),
      TableValueMatch: fieldsOf(TABLE, 'TableValueMatch'),
      TableRule: fieldsOf(TABLE, 'TableRule'),
      TableAction: fieldsOf(TABLE, 'TableAction'),
      BackendRef: fieldsOf(ROUTE, 'BackendRef'),
      TableDefaultBackend: fieldsOf(TABLE, 'TableDefaultBackend'),
      RouteSource: fieldsOf(ROUTE, 'RouteSource'),
    },
  ],
])('%s', (page, types) => {
  it.each(Object.entries(types))('has the fields of %s', (type, fields) => {
    expect(fields).not.toEqual([]);
    expect(shownFields(page, type)).toEqual(fields);
  });
});

describe('docs/reference/decision.md', () => {
  it('has all reasons, with their statuses', () => {
    const [union = ''] = /^export type RefusalReason =[^]*?;$/m.exec(source(DECISION)) ?? [];
    const reasons = Array.from(
      union.matchAll(/\/\*\* (\d+):[^]*?\*\/\n\s+\| '(\w+)'/g),
      ([, status, reason]) => ({ reason, status }),
    );
    expect(reasons.length).toBeGreaterThan(5);
    const shown = rowsOf(section('docs/reference/decision.md', 'Reasons'));
    expect(shown.map(([reason, status]) => ({ reason, status }))).toEqual(reasons);
  });
});

describe('docs/reference/schemas.md', () => {
  it('names every schema that there is, and no other', () => {
    const text = readFileSync(join(ROOT, 'docs/reference/schemas.md'), 'utf8');
    const links = text.matchAll(/\((?:\.\.\/){2}(packages\/[^)]*\.json)\)/g);
    const linked = Array.from(links, ([, link = '']) => link);
    const there = readdirSync(join(ROOT, 'packages')).flatMap((name) =>
      schemasOf(name).map((file) => `packages/${name}/schema/${file}`),
    );
    expect(there).not.toEqual([]);
    expect(linked.toSorted()).toEqual(there.toSorted());
  });

  it('says of which draft they are', () => {
    const drafts = readdirSync(join(ROOT, 'packages'))
      .flatMap((name) => schemasOf(name).map((file) => ({ file, draft: draftOf(name, file) })))
      .filter(({ draft }) => !draft.includes('2020-12'));
    expect(drafts).toEqual([
      { file: 'portolan.schema.json', draft: 'http://json-schema.org/draft-07/schema#' },
      { file: 'tests.schema.json', draft: 'http://json-schema.org/draft-07/schema#' },
    ]);
  });
});

function schemasOf(name: string): readonly string[] {
  const found = readdirSync(join(ROOT, 'packages', name), { withFileTypes: true });
  return found.some((entry) => entry.isDirectory() && entry.name === 'schema')
    ? readdirSync(join(ROOT, 'packages', name, 'schema')).filter((file) => file.endsWith('.json'))
    : [];
}

function draftOf(name: string, file: string): string {
  const text = readFileSync(join(ROOT, 'packages', name, 'schema', file), 'utf8');
  return /"\$schema": "([^"]*)"/.exec(text)?.[1] ?? '';
}

function source(file: string): string {
  return readFileSync(join(ROOT, 'packages', file), 'utf8');
}

function traced(name: string): readonly Field[] {
  return [...fieldsOf(DECISION, name), ...fieldsOf(DECISION, 'Traced')];
}

/** Those that a Snapshot takes of a frontend. */
function picked(fields: readonly Field[]): readonly Field[] {
  const [names = ''] = /extends Pick<\s*Frontend,([^>]*)>/.exec(source(SNAPSHOT)) ?? [];
  return fields.filter(({ name }) => names.includes(`'${name}'`));
}

function fieldsOf(file: string, name: string): readonly Field[] {
  const declared = new RegExp(String.raw`^(?:export )?interface ${name}\b[^{]*\{\n([^]*?)^\}`, 'm');
  const [, body = ''] = declared.exec(source(file)) ?? [];
  return Array.from(body.matchAll(/^ {2}readonly (\w+)(\??):/gm), ([, field = '', absent]) => ({
    name: field,
    there: absent === '?' ? 'sometimes' : 'always',
  }));
}

/** What stands below a heading of a page, up to the next. */
function section(page: string, heading: string): string {
  const [, rest = ''] = readFileSync(join(ROOT, page), 'utf8').split(`\n### ${heading}\n`);
  return rest.split(/^#/m)[0] ?? '';
}

/** The cells of a table, without its head. */
function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

function shownFields(page: string, type: string): readonly Field[] {
  return rowsOf(section(page, type)).map(([name = '', there = '']) => ({ name, there }));
}
