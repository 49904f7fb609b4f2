import type { Exchange } from '@portolan/proxy';

import { KNOWN_METHODS } from '../known-methods/known-methods.ts';
import { routeName, serviceName } from '../names/names.ts';
import { counter } from './counter.ts';
import { CONTENT_TYPE, expose, labels } from './exposition.ts';
import { histogram } from './histogram.ts';

export interface MetricsOptions {
  /** The largest value of each bucket of the histograms, in seconds, ascending. */
  readonly buckets?: readonly number[];
  /** What is known of endpoints now; see `endpointGauges`. Without it their gauges have no samples. */
  readonly endpoints?: () => Iterable<EndpointGauge>;
  /** Which Snapshot is served now. */
  readonly snapshot?: () => ServedSnapshot;
}

/** Which Snapshot is served. */
export interface ServedSnapshot {
  readonly version: string;
  /** Who gave it: `bundled`, `control-plane`, `kv`. */
  readonly source?: string;
  /** When its source last said that there is nothing newer, in milliseconds since 1970. */
  readonly checkedAt?: number;
}

/** What is known of an endpoint, for one port of a Service. */
export interface EndpointGauge {
  /** `shop/cart:80`. */
  readonly service: string;
  /** `10.0.0.7:8080`. */
  readonly endpoint: string;
  /** Requests under way. */
  readonly requests: number;
  readonly isEjected: boolean;
  readonly isUnhealthy: boolean;
}

/** Numbers of the requests that one isolate or process answered. */
export interface Metrics {
  /** Counts a request that has ended: an `observe` of the proxy. */
  readonly observe: (exchange: Exchange) => void;
  /** All that was counted since `createMetrics`, in Prometheus text exposition format 0.0.4. */
  readonly text: () => string;
  /** The media type of `text`. */
  readonly contentType: string;
}

/** Seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;

const SCOPE = 'Of this isolate or process, since it started.';

/**
 * Counts requests by what manifests and the proxy name, never by what clients do: hosts, paths and methods unheard of make
 * no series.
 */
export function createMetrics(options: MetricsOptions = {}): Metrics {
  const { buckets = BUCKETS, endpoints, snapshot } = options;
  const requests = counter<'end' | 'method' | 'route' | 'service' | 'status'>({
    name: 'portolan_requests_total',
    help: `Requests that have ended. ${SCOPE}`,
  });
  const durations = histogram<'service'>(
    {
      name: 'portolan_request_duration_seconds',
      help: `Time until the body of the answer had ended. ${SCOPE}`,
    },
    buckets,
  );
  const firstBytes = histogram<'service'>(
    {
      name: 'portolan_time_to_first_byte_seconds',
      help: `Time until the headers of the answer were handed back. ${SCOPE}`,
    },
    buckets,
  );
  const tries = counter<'result' | 'service'>({
    name: 'portolan_tries_total',
    help: `Times that an endpoint was asked, by the status it answered or the reason why it did not. ${SCOPE}`,
  });
  const ownResponses = counter<'reason' | 'status'>({
    name: 'portolan_own_responses_total',
    help: `Failures that we answered ourselves, by the reason. ${SCOPE}`,
  });

  return {
    observe: (exchange) => {
      const { status, end, failure, method } = exchange;
      const service = exchange.service ? serviceName(exchange.service) : '';
      requests.add({
        service,
        route: exchange.route ? routeName(exchange.route) : '',
        status,
        method: KNOWN_METHODS.has(method) ? method : 'other',
        end,
      });
      durations.observe({ service }, exchange.duration / 1000);
      firstBytes.observe({ service }, exchange.timeToFirstByte / 1000);
      for (const each of exchange.tries) {
        tries.add({ service, result: each.status ?? each.failure ?? '' });
      }
      if (failure !== undefined) ownResponses.add({ reason: failure.reason, status });
    },
    text: () =>
      [
        requests.text(),
        durations.text(),
        firstBytes.text(),
        tries.text(),
        ownResponses.text(),
        endpointText([...(endpoints?.() ?? [])]),
        snapshotText(snapshot?.()),
      ].join(''),
    contentType: CONTENT_TYPE,
  };
}

function endpointText(gauges: readonly EndpointGauge[]): string {
  const family = (name: string, help: string, value: (gauge: EndpointGauge) => number): string =>
    expose(
      { name, type: 'gauge', help: `${help} As this isolate or process sees it.` },
      gauges.map((gauge) => ({
        labels: labels({ service: gauge.service, endpoint: gauge.endpoint }),
        value: value(gauge),
      })),
    );
  return [
    family(
      'portolan_endpoint_requests',
      'Requests under way at an endpoint.',
      ({ requests }) => requests,
    ),
    family(
      'portolan_endpoint_ejected',
      'Whether an endpoint is out because it failed: 1 or 0.',
      ({ isEjected }) => Number(isEjected),
    ),
    family(
      'portolan_endpoint_unhealthy',
      'Whether active health checks of an endpoint fail: 1 or 0.',
      ({ isUnhealthy }) => Number(isUnhealthy),
    ),
  ].join('');
}

function snapshotText(snapshot: ServedSnapshot | undefined): string {
  const source: Readonly<Record<string, string>> =
    snapshot?.source === undefined ? {} : { source: snapshot.source };
  return [
    expose(
      {
        name: 'portolan_snapshot_info',
        type: 'gauge',
        help: 'Always 1; the labels are the version of the Snapshot that this isolate or process serves, and who gave it.',
      },
      snapshot === undefined
        ? []
        : [{ labels: labels({ version: snapshot.version, ...source }), value: 1 }],
    ),
    expose(
      {
        name: 'portolan_snapshot_checked_timestamp_seconds',
        type: 'gauge',
        help: 'When a source last told this isolate or process that there is no newer Snapshot, in seconds since 1970.',
      },
      snapshot?.checkedAt === undefined
        ? []
        : [{ labels: labels(source), value: snapshot.checkedAt / 1000 }],
    ),
  ].join('');
}
