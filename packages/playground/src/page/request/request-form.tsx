import type { DescribedRequest } from '@portolan/explain';
import { useId } from 'preact/hooks';
import type { JSX } from 'preact/jsx-runtime';

import type { SourceReport, View } from '../../protocol/report.ts';
import { Suggested } from './suggested.tsx';
import { WhoAsks } from './who-asks.tsx';
import { fieldOfFault, withField } from './with-field.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export interface RequestFormProps {
  readonly request: DescribedRequest;
  readonly source: Pick<SourceReport, 'urls' | 'nodes' | 'zones'> | undefined;
  readonly fault: View['fault'] | undefined;
  readonly onRequest: (request: DescribedRequest) => void;
  /** Somebody doesn't want to wait any longer for the answer. */
  readonly onAsk: () => void;
}

/** A request, as a client would send it. Typing asks; so does Enter, at once. */
export function RequestForm(props: RequestFormProps): JSX.Element {
  const { request, source, fault, onRequest, onAsk } = props;
  const id = useId();
  const faultOf = (field: string): string | undefined =>
    fault !== undefined && fieldOfFault(fault.field) === field ? fault.message : undefined;
  return (
    <form
      class="p-request"
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      <h2 class="pc-unseen" id={`${id}-title`}>
        Request
      </h2>
      <div class="p-request__line">
        <Suggested
          id={`${id}-method`}
          label="Method"
          value={request.method ?? ''}
          placeholder="GET"
          suggestions={METHODS}
          fault={faultOf('method')}
          onValue={(value) => onRequest(withField(request, 'method', value))}
        />
        <Suggested
          id={`${id}-url`}
          label="URL"
          type="url"
          value={request.url}
          placeholder="https://shop.example/cart"
          suggestions={source?.urls ?? []}
          fault={faultOf('url')}
          onValue={(value) => onRequest(withField(request, 'url', value))}
        />
        <button type="submit" class="p-button p-button--main">
          Ask
        </button>
      </div>
      <WhoAsks
        id={id}
        request={request}
        nodes={source?.nodes ?? []}
        zones={source?.zones ?? []}
        faultOf={faultOf}
        onRequest={onRequest}
      />
      <p class="p-fault">{faultOf('')}</p>
    </form>
  );
}
