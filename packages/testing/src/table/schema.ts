import { described, mapping, optional, text } from '@portolan/document';
import { RequestFault } from '@portolan/explain';
import * as v from 'valibot';

import type { Expectation } from '../expectation/expectation.ts';
import { expectationSchema } from '../expectation/schema.ts';
import { readRequest, type RequestUnderTest } from '../request/read-request.ts';

/** A test file as it is written. */
export interface WrittenTable {
  readonly manifests?: readonly string[];
  readonly tests: readonly WrittenTest[];
}

interface WrittenTest {
  readonly name?: string;
  readonly request: RequestUnderTest;
  readonly expect?: Expectation | null;
}

const HEADER = 'must be a string, with quotes around what looks like something else';
const REQUEST = 'must be a URL, a method and a URL, or a mapping that has a url';

/** What a URL begins with, as JSON Schema has it; `readRequest` looks closer. */
const URL_START = 'https?://[^/?#\\\\]';

const requestSchema = v.pipe(
  v.union(
    [
      v.pipe(
        v.string(),
        v.description('A URL, or a method and a URL: POST https://shop.example/cart'),
        v.metadata({ pattern: `^(?:\\S+ +)?${URL_START}\\S*$` }),
      ),
      mapping({
        url: described(
          v.pipe(text('must be a URL'), v.metadata({ pattern: `^${URL_START}` })),
          'Absolute.',
        ),
        method: optional(text('must be a method'), 'GET by default.'),
        headers: optional(
          v.record(text('must be the name of a header field'), v.string(HEADER)),
          'What the client sends. A Host among them goes before that of the URL.',
        ),
        from: optional(text('must be an IP address'), "The client's IP address."),
        entrance: optional(
          v.picklist(['external', 'internal'], 'must be external or internal'),
          'From which side the client comes; external by default.',
        ),
        node: optional(text('must be the name of a node'), 'Where the request is received.'),
        zone: optional(text('must be the name of a zone'), 'Where the request is received.'),
      }),
    ],
    REQUEST,
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.issues) return;
    const input = dataset.value;
    try {
      readRequest(input);
    } catch (error) {
      if (!(error instanceof RequestFault)) throw error;
      const [, field, header] = /^(\w+)(?:\.(.+))?$/.exec(error.field) ?? [];
      const item = (key: string): v.IssuePathItem => ({
        type: 'unknown',
        origin: 'value',
        input,
        key,
        value: undefined,
      });
      const { message } = error;
      if (typeof input === 'string' || field === undefined) addIssue({ message });
      else if (header === undefined) addIssue({ message, path: [item(field)] });
      else addIssue({ message, path: [item(field), item(header)] });
    }
  }),
);

const testSchema = mapping({
  name: optional(text('must be a text'), 'For people; the request by default.'),
  request: described(requestSchema, 'What is asked for.'),
  expect: optional(
    v.nullable(
      expectationSchema(
        v.union([v.string(), v.null()], `${HEADER}, or null for a field that is to be absent`),
      ),
    ),
    'What is to become of it: everything named here. portolan test --update fills in what is missing.',
  ),
});

/** The shape of a test file. */
export const tableSchema: v.GenericSchema<unknown, WrittenTable> = mapping({
  manifests: optional(
    v.array(text('must be a file, a folder or a URL'), 'must be a list of files, folders and URLs'),
    'Files, folders and URLs, relative to this file.',
  ),
  tests: described(
    v.pipe(v.array(testSchema, 'must be a list of tests'), v.nonEmpty('must have a test')),
    'Requests, and what is to become of them.',
  ),
});
