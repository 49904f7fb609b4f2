import type { DescribedRequest } from '@portolan/explain';
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact/jsx-runtime';

import { Field } from './field.tsx';
import { readHeaders, writeHeaders } from './headers.ts';
import { Suggested } from './suggested.tsx';
import { withField } from './with-field.ts';

export interface WhoAsksProps {
  readonly id: string;
  readonly request: DescribedRequest;
  readonly nodes: readonly string[];
  readonly zones: readonly string[];
  /** The fault of a field. */
  readonly faultOf: (field: string) => string | undefined;
  readonly onRequest: (request: DescribedRequest) => void;
}

const FIELDS = ['from', 'node', 'zone', 'entrance', 'headers'] as const;

/** From where, and with which headers, the client asks. */
export function WhoAsks(props: WhoAsksProps): JSX.Element {
  const { id, request, nodes, zones, faultOf, onRequest } = props;
  const given = FIELDS.some((field) => request[field] !== undefined);
  const wrong = FIELDS.some((field) => faultOf(field) !== undefined);
  const [open, setOpen] = useState(given);
  useEffect(() => {
    if (given || wrong) setOpen(true);
  }, [given, wrong]);
  const set = (field: 'from' | 'node' | 'zone') => (value: string) =>
    onRequest(withField(request, field, value));
  return (
    <details
      class="p-who"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>Who asks</summary>
      <div class="p-who__fields">
        <Field id={`${id}-entrance`} label="Entrance" fault={faultOf('entrance')}>
          {(control) => (
            <select
              {...control}
              value={request.entrance ?? 'external'}
              onChange={({ currentTarget }) => {
                const { entrance: _, ...rest } = request;
                onRequest(
                  currentTarget.value === 'internal' ? { ...rest, entrance: 'internal' } : rest,
                );
              }}
            >
              <option value="external">external: from outside</option>
              <option value="internal">internal: as a Pod does</option>
            </select>
          )}
        </Field>
        <Suggested
          id={`${id}-from`}
          label="Client address"
          placeholder="198.51.100.7"
          value={request.from ?? ''}
          fault={faultOf('from')}
          onValue={set('from')}
        />
        <Suggested
          id={`${id}-node`}
          label="Received on node"
          value={request.node ?? ''}
          suggestions={nodes}
          fault={faultOf('node')}
          onValue={set('node')}
        />
        <Suggested
          id={`${id}-zone`}
          label="Received in zone"
          value={request.zone ?? ''}
          suggestions={zones}
          fault={faultOf('zone')}
          onValue={set('zone')}
        />
        <Headers {...props} id={`${id}-headers`} />
      </div>
    </details>
  );
}

/** Of the field for headers. */
const MOST_ROWS = 8;

function Headers({ id, request, faultOf, onRequest }: WhoAsksProps): JSX.Element {
  const [text, setText] = useState(() => writeHeaders(request.headers));
  const read = readHeaders(text);
  const theirs = writeHeaders(request.headers);
  useEffect(() => {
    // Another request was opened: what is written here is about one that is gone.
    if (writeHeaders(readHeaders(text).headers) !== theirs) setText(theirs);
    // What is typed here is what `theirs` becomes: only a change from elsewhere counts.
  }, [theirs]);
  return (
    <Field
      id={id}
      label="Headers, one “Name: value” a line"
      fault={read.fault ?? faultOf('headers')}
    >
      {(control) => (
        <textarea
          {...control}
          rows={Math.min(MOST_ROWS, text.split('\n').length)}
          value={text}
          spellcheck={false}
          autoCapitalize="off"
          placeholder="X-Version: blue"
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            const { headers } = readHeaders(currentTarget.value);
            const { headers: _, ...rest } = request;
            onRequest(Object.keys(headers).length === 0 ? rest : { ...rest, headers });
          }}
        />
      )}
    </Field>
  );
}
