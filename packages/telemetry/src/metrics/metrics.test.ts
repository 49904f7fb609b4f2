import type { Exchange, ExchangeEnd } from '@portolan/proxy';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { answered, endpoint, refused } from '../../test/exchange.ts';
import { parseExposition, type ParsedSample } from '../../test/parse-exposition.ts';
import { createMetrics, type MetricsOptions } from './metrics.ts';

function samplesOf(name: string, text: string): readonly ParsedSample[] {
  return parseExposition(text).flatMap(({ samples }) =>
    samples.filter((each) => each.name === name),
  );
}

function textAfter(exchanges: readonly Exchange[], options?: MetricsOptions): string {
  const metrics = createMetrics(options);
  for (const exchange of exchanges) metrics.observe(exchange);
  return metrics.text();
}

describe('createMetrics', () => {
  it('counts requests by what manifests and the proxy name', () => {
    expect(samplesOf('portolan_requests_total', textAfter([answered, refused, answered]))).toEqual([
      {
        name: 'portolan_requests_total',
        labels: {
          service: 'shop/cart:80',
          route: 'Ingress shop/web spec.rules[0].http.paths[1]',
          status: '200',
          method: 'GET',
          end: 'complete',
        },
        value: 2,
      },
      {
        name: 'portolan_requests_total',
        labels: {
          service: 'shop/gone:http',
          route: '',
          status: '503',
          method: 'POST',
          end: 'complete',
        },
        value: 1,
      },
    ]);
  });

  it('makes no series of what clients think of: hosts, paths, methods', () => {
    const exchanges = ['BREW', 'get', 'PROPFIND'].map((method): Exchange => ({
      ...answered,
      method,
      host: method,
      path: `/${method}`,
    }));
    const [sample, ...others] = samplesOf('portolan_requests_total', textAfter(exchanges));
    expect(sample).toMatchObject({ labels: { method: 'other' }, value: 3 });
    expect(others).toEqual([]);
  });

  it('tells how long requests took in seconds, a value at the bound of a bucket being in it', () => {
    const durations = [50, 100, 100.001, 5000];
    const exchanges = durations.map((duration): Exchange => ({ ...answered, duration }));
    const text = textAfter(exchanges, { buckets: [0.1, 1] });
    const of = (suffix: string) => samplesOf(`portolan_request_duration_seconds_${suffix}`, text);
    expect(of('bucket').map(({ labels, value }) => [labels['le'], value])).toEqual([
      ['0.1', 2],
      ['1', 3],
      ['+Inf', 4],
    ]);
    expect(of('count')).toMatchObject([{ labels: { service: 'shop/cart:80' }, value: 4 }]);
    expect(of('sum')[0]?.value).toBeCloseTo(5.250001);
    const [firstByte] = samplesOf('portolan_time_to_first_byte_seconds_sum', text);
    expect(firstByte?.value).toBeCloseTo(0.14);
  });

  it('counts tries by what came of them, and our own answers by their reason', () => {
    const text = textAfter([answered, refused]);
    expect(samplesOf('portolan_tries_total', text)).toMatchObject([
      { labels: { service: 'shop/cart:80', result: 'UpstreamUnreachable' }, value: 1 },
      { labels: { service: 'shop/cart:80', result: '200' }, value: 1 },
    ]);
    expect(samplesOf('portolan_own_responses_total', text)).toMatchObject([
      { labels: { reason: 'BackendNotFound', status: '503' }, value: 1 },
    ]);
  });

  it('asks for gauges when it is read', () => {
    let requests = 1;
    const metrics = createMetrics({
      snapshot: () => ({ version: `v${requests}`, source: 'kv', checkedAt: requests * 500 }),
      endpoints: () => [
        {
          service: 'shop/cart:80',
          endpoint: '10.0.0.7:8080',
          requests,
          isEjected: requests > 1,
          isUnhealthy: requests > 1,
        },
      ],
    });
    const gauges = () =>
      parseExposition(metrics.text())
        .filter(({ type }) => type === 'gauge')
        .flatMap(({ samples }) => samples);
    const labels = { service: 'shop/cart:80', endpoint: '10.0.0.7:8080' };
    expect(gauges()).toEqual([
      { name: 'portolan_endpoint_requests', labels, value: 1 },
      { name: 'portolan_endpoint_ejected', labels, value: 0 },
      { name: 'portolan_endpoint_unhealthy', labels, value: 0 },
      { name: 'portolan_snapshot_info', labels: { version: 'v1', source: 'kv' }, value: 1 },
      { name: 'portolan_snapshot_checked_timestamp_seconds', labels: { source: 'kv' }, value: 0.5 },
    ]);
    requests = 2;
    expect(gauges().map(({ value }) => value)).toEqual([2, 1, 1, 1, 1]);
  });

  it('says of every number whose it is', () => {
    for (const { help } of parseExposition(textAfter([]))) {
      expect(help).toMatch(/this isolate or process/);
    }
    expect(createMetrics().contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('loses nothing on the way to a scraper, whatever names hold', () => {
    const name = fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom('a', '\\', '"', '\n', '\\n', 'a"} 1\nportolan_requests_total 7', 'é\u2028'),
    );
    const exchange = fc.record({
      service: fc.option(name, { nil: undefined }),
      route: fc.option(name, { nil: undefined }),
      status: fc.constantFrom(200, 404, 503),
      method: fc.constantFrom('GET', 'POST', 'BREW'),
      end: fc.constantFrom<ExchangeEnd>('aborted', 'broken', 'complete', 'idle'),
      duration: fc.nat({ max: 200_000 }),
      reason: fc.option(name, { nil: undefined }),
      tries: fc.array(name, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(exchange, { maxLength: 30 }), (drawn) => {
        const exchanges = drawn.map(({ service, route, reason, tries, ...rest }): Exchange => ({
          ...refused,
          ...rest,
          service: service === undefined ? undefined : { namespace: 'n', name: service, port: 1 },
          route:
            route === undefined ? undefined : { kind: 'K', namespace: 'n', name: 'n', rule: route },
          failure: reason === undefined ? undefined : { reason, message: '' },
          tries: tries.map((failure) => ({ endpoint, failure, startedAfter: 0, duration: 1 })),
        }));
        const text = textAfter(exchanges);

        const services = exchanges.map(({ service }) => (service ? `n/${service.name}:1` : ''));
        expect(counted(samplesOf('portolan_requests_total', text))).toEqual(
          tally(
            exchanges.map(({ method, route, status, end }, index) => ({
              service: services[index] ?? '',
              route: route ? `K n/n ${route.rule}` : '',
              status: String(status),
              method: method === 'BREW' ? 'other' : method,
              end,
            })),
          ),
        );
        expect(counted(samplesOf('portolan_tries_total', text))).toEqual(
          tally(
            exchanges.flatMap(({ tries }, index) =>
              tries.map(({ failure = '' }) => ({
                service: services[index] ?? '',
                result: failure,
              })),
            ),
          ),
        );
        expect(counted(samplesOf('portolan_own_responses_total', text))).toEqual(
          tally(
            exchanges.flatMap(({ failure, status }) =>
              failure ? [{ reason: failure.reason, status: String(status) }] : [],
            ),
          ),
        );
        for (const bucket of samplesOf('portolan_request_duration_seconds_bucket', text)) {
          const within = exchanges.filter(
            ({ duration }, index) =>
              services[index] === bucket.labels['service'] &&
              duration / 1000 <= Number(bucket.labels['le']?.replace('+Inf', 'Infinity')),
          );
          expect(bucket.value).toBe(within.length);
        }
      }),
    );
  });
});

type Labels = Readonly<Record<string, string>>;

function counted(samples: readonly ParsedSample[]): ReadonlyMap<string, number> {
  return new Map(samples.map(({ labels, value }) => [keyOf(labels), value]));
}

function tally(all: readonly Labels[]): ReadonlyMap<string, number> {
  const groups = Map.groupBy(all, keyOf);
  return new Map(Array.from(groups, ([key, group]) => [key, group.length]));
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels));
}
