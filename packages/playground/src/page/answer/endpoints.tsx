import type { ExcludedEndpoint, ExplainedEndpoint } from '@portolan/explain';
import type { JSX } from 'preact';

import { endpointText, exclusionText } from './facts.ts';

export interface EndpointsProps {
  readonly endpoints: readonly ExplainedEndpoint[];
  readonly excluded: readonly ExcludedEndpoint[];
}

/** Of each kind, at most: the full text has all. */
const MOST = 10;

/** Who may answer, and who may not and why. */
export function Endpoints({ endpoints, excluded }: EndpointsProps): JSX.Element | null {
  const total = endpoints.length + excluded.length;
  if (total === 0) return null;
  const more = Math.max(0, endpoints.length - MOST) + Math.max(0, excluded.length - MOST);
  return (
    <details class="pa-more">
      <summary>
        {excluded.length === 0
          ? counted(total)
          : `${endpoints.length} of ${total} endpoints may answer`}
      </summary>
      <ul class="pa-endpoints">
        {endpoints.slice(0, MOST).map((endpoint) => (
          <li key={endpointText(endpoint)}>{endpointText(endpoint)}</li>
        ))}
        {excluded.slice(0, MOST).map((endpoint) => (
          <li key={endpointText(endpoint)} class="pa-excluded">
            {endpointText(endpoint)}: {exclusionText(endpoint.reason)}
          </li>
        ))}
        {more > 0 && <li class="pa-rest">{more} more, in the full text</li>}
      </ul>
    </details>
  );
}

function counted(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'endpoint' : 'endpoints'}`;
}
