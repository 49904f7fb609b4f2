import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { portolan } from './command.ts';

const shop = join(import.meta.dirname, '../../../apps/edge-worker/manifests');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-commands-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const POD = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-1, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: server, image: cart }] }
status: { podIP: 10.0.0.7 }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  tls: [{ hosts: [shop.example], secretName: shop }]
  rules:
    - host: shop.example
      http:
        paths:
          - { path: /cart, pathType: Prefix, backend: { service: { name: cart, port: { name: http } } } }
`;

describe('explain', () => {
  it('says where a request goes', async () => {
    const { code, out } = await portolan('explain', 'shop.example/cart/7', '-f', shop);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^GET http:\/\/shop\.example\/cart\/7\n→ Service shop\/cart:80, 2 endpoints/,
    );
  });

  it('takes the Host field before the host of the URL', async () => {
    const args = ['explain', 'http://127.0.0.1:8787/cart', '-H', 'Host: shop.example', '--json'];
    const { out } = await portolan(...args, '-f', shop);
    expect(JSON.parse(out)).toMatchObject({
      service: { namespace: 'shop', name: 'cart', port: 80 },
    });
  });

  it('answers each line of a file with a line, in order', async () => {
    const manifests = await file('pod.yaml', POD);
    const requests = await file(
      'requests.jsonl',
      [
        '{"method":"GET","url":"https://shop.example/cart/7","headers":{"x-a":"b"},"from":"192.0.2.7","entrance":"external"}',
        '',
        '{"url":"http://shop.example/nope"}\r',
        '{"url":"http://cart.shop.svc.cluster.local/","entrance":"internal"}',
      ].join('\n'),
    );
    const { code, out, err } = await portolan('explain', '--requests', requests, '-f', manifests);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toMatchObject([
      {
        outcome: 'forward',
        route: {
          kind: 'Ingress',
          namespace: 'shop',
          name: 'web',
          rule: 'spec.rules[0].http.paths[0]',
          path: '/cart',
        },
        service: { namespace: 'shop', name: 'cart', port: 80 },
        endpoints: [{ address: '10.0.0.7', port: 8080, pod: 'cart-1' }],
        headers: { 'x-a': 'b', 'x-forwarded-for': '192.0.2.7', 'x-forwarded-host': 'shop.example' },
      },
      { outcome: 'respond', status: 404, reason: 'NoMatchingRoute', endpoints: [] },
      { outcome: 'forward', endpoints: [{ pod: 'cart-1' }] },
    ]);
  });

  it('says which line it does not understand, and answers the others', async () => {
    const requests = await file(
      'odd.jsonl',
      '{"url":"http://shop.example/"}\nnonsense\n{"uri":"x"}\n',
    );
    const { code, out, err } = await portolan('explain', '--requests', requests, '-f', shop);
    expect(code).toBe(1);
    expect(err).toContain('odd.jsonl:2: expected a JSON object');
    expect(err).toContain('odd.jsonl:3: ');
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toMatchObject([
      { outcome: 'forward' },
      { outcome: 'invalid', line: 2, error: { message: 'expected a JSON object on one line' } },
      { outcome: 'invalid', line: 3, error: { field: 'uri' } },
    ]);
  });

  it('reports a faulty object, answers from the others, and ends with 1', async () => {
    const manifests = await file(
      'faulty.yaml',
      `${POD}---\napiVersion: v1\nkind: Service\nmetadata: { name: Bad }\n`,
    );
    const { code, out, err } = await portolan('explain', 'shop.example/cart', '-f', manifests);
    expect(err).toMatch(/faulty\.yaml:\d+:\d+: error: Service default\/Bad: metadata\.name/);
    expect(out).toContain('→ Service shop/cart:80, 1 endpoint');
    expect(code).toBe(1);
  });

  it('takes Pods as given where no stand-ins are wanted', async () => {
    const { out } = await portolan('explain', 'shop.example/cart', '-f', shop, '--no-stand-ins');
    expect(out).toContain('503 NoReadyEndpoints');
  });

  it('reads manifests from a URL', async () => {
    const server = createServer((_, response) => response.end(POD));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, out } = await portolan(
      'explain',
      'shop.example/cart',
      '-f',
      `http://127.0.0.1:${port}/x.yaml`,
    );
    server.close();
    expect(out).toContain('→ Service shop/cart:80, 1 endpoint');
    expect(code).toBe(0);
  });
});

describe('check', () => {
  it('ends with 0 where nothing is wrong', async () => {
    const manifests = await file('fine.yaml', POD);
    const { code, out } = await portolan('check', '-f', manifests);
    expect(out).not.toMatch(/\b(?:error|warning)\b/);
    expect(code).toBe(0);
  });

  it('ends with 1 for a warning, with 0 where only errors are to fail', async () => {
    const { code, out } = await portolan('check', '-f', shop);
    expect(out).toContain('warning HostWithoutTLS');
    expect(code).toBe(1);
    expect(await portolan('check', '-f', shop, '--fail-on', 'error')).toMatchObject({ code: 0 });
    expect(await portolan('check', '-f', shop, '--format', 'github')).toMatchObject({
      out: expect.stringMatching(/^::warning file=.*40-ingress\.yaml,line=29/m),
    });
  });

  it('is silent about what the configuration silences, and says what it silences in vain', async () => {
    const config = await file(
      'silence.yaml',
      'check: { silence: [HostWithoutTLS, NamedPortMissing] }',
    );
    const { code, out, err } = await portolan('check', '-f', shop, '--config', config);
    expect(out).not.toContain('HostWithoutTLS');
    expect(err).toContain('nothing to silence for {"code":"NamedPortMissing"}');
    expect(code).toBe(0);
  });

  it('asks the dialers of the configuration what can be reached', async () => {
    const manifests = await file('target.yaml', POD);
    const without = await portolan('check', '-f', manifests, '--target', 'workers');
    expect(without.out).toContain('EndpointNotReachable');
    const config = await file(
      'vpc.yaml',
      'dialers: [{ dialer: vpcNetwork, cidrs: [10.0.0.0/16] }]\ntarget: workers\n',
    );
    const through = await portolan('check', '-f', manifests, '--config', config);
    expect(through.out).not.toContain('EndpointNotReachable');
  });

  it('knows that the socket dialer keeps Host', async () => {
    const annotated = POD.replace(
      'name: cart',
      'name: cart, annotations: { portolan.dev/host-policy: Require }',
    );
    const manifests = await file('host.yaml', annotated);
    const byFetch = await portolan('check', '-f', manifests, '--target', 'node');
    expect(byFetch.out).toContain('HostNotKept');
    const config = await file('socket.yaml', 'dialers: [{ dialer: socket }]\ntarget: node\n');
    const bySocket = await portolan('check', '-f', manifests, '--config', config);
    expect(bySocket.out).not.toContain('HostNotKept');
  });
});

describe('test', () => {
  const TESTS = `# what has to stay true
tests:
  - request: https://shop.example/cart # the cart
    expect: { service: shop/cart }
  - request: https://shop.example/nope
    expect: { status: 503 }
`;

  it('fails with the trace, writes JUnit, and brings the file up to date', async () => {
    const manifests = await file('tested.yaml', POD);
    const tests = await file('tests.yaml', TESTS);
    const junit = join(folder, 'out/junit.xml');
    const failing = await portolan('test', tests, '-f', manifests, '--junit', junit);
    expect(failing.code).toBe(1);
    expect(failing.out).toContain('expected status 503');
    expect(failing.out).toContain('1 passed, 1 failed');
    expect(await readFile(junit, 'utf8')).toMatch(/<testsuites[^>]*failures="1"/);

    expect(await portolan('test', tests, '-f', manifests, '--update')).toMatchObject({ code: 0 });
    const updated = await readFile(tests, 'utf8');
    expect(updated).toBe(TESTS.replace('status: 503', 'status: 404'));
    expect(await portolan('test', tests, '-f', manifests)).toMatchObject({ code: 0 });
  });

  it('does not run where objects with errors would be missing', async () => {
    const manifests = await file('broken.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {}\n');
    const tests = await file('broken-tests.yaml', TESTS);
    const { code, err } = await portolan('test', tests, '-f', manifests);
    expect(err).toContain('not run, since objects with errors would be missing');
    expect(code).toBe(1);
  });
});

describe('diff', () => {
  it('ends with 0 where nothing changes, and with 1 where something does', async () => {
    const next = join(folder, 'next');
    await cp(shop, next, { recursive: true });
    expect(await portolan('diff', shop, next)).toEqual({
      code: 0,
      out: 'No request changes.\n',
      err: '',
    });
    const ingress = join(next, '40-ingress.yaml');
    const text = await readFile(ingress, 'utf8');
    await writeFile(ingress, text.replace('path: /cart', 'path: /basket'));
    const { code, out } = await portolan('diff', shop, next, '--format', 'markdown');
    expect(out).toContain(
      '| `http://shop.example/basket` | `shop/storefront:80` | `shop/cart:80` |',
    );
    expect(code).toBe(1);
  });
});

describe('looking around', () => {
  it.each([
    [['dns', 'cart', '-n', 'shop'], 0, /^cart\.shop\.svc\.cluster\.local {2}A {2}10\./],
    [['dns', 'CART.shop.svc.cluster.local.'], 0, /given out here/],
    [['dns', 'cart'], 1, /^$/],
    [['dns', '_http._tcp.cart.shop'], 0, /SRV {2}0 100 80 cart\.shop/],
    [['endpoints', 'cart'], 0, /shop\/cart +80 http +stand-in:7070 +ready/],
    [['routes'], 0, /^\*\.shop\.example +\/ +PathPrefix +shop\/vendors:http +2 /m],
    [['graph'], 0, /^flowchart LR\n/],
    [['graph', '--format', 'svg'], 0, /^<svg /],
    [['compile'], 0, /^\{"format":4,"version":"[0-9a-f]{16}"/],
  ])('portolan %j', async (args, expected, printed) => {
    const { code, out } = await portolan(...args, '-f', shop);
    expect(out).toMatch(printed);
    expect(code).toBe(expected);
  });

  it.each([
    [['dns', 'nobody.shop'], 'NXDOMAIN: no Service gives nobody.shop a meaning'],
    [
      ['dns', '_tcp.cart.shop'],
      'NODATA: _tcp.cart.shop.svc.cluster.local is there, without A, AAAA, CNAME, SRV, PTR records of its own',
    ],
    [['dns', 'shop'], /^NODATA: shop\.svc\.cluster\.local is there/],
    [['dns', 'www.example.com.'], 'REFUSED: www.example.com. is no name of the cluster'],
  ])('portolan %j says why nothing was found', async (args, expected) => {
    const { code, out, err } = await portolan(...args, '-f', shop);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(expected);
    const json = await portolan(...args, '-f', shop, '--json');
    expect(JSON.parse(json.out)).toEqual({ name: args[1], records: [] });
  });

  it('compiles into a file, and writes none where a manifest is faulty', async () => {
    const snapshot = join(folder, 'generated/snapshot.json');
    await portolan('compile', '-f', shop, '-o', snapshot);
    expect(JSON.parse(await readFile(snapshot, 'utf8'))).toHaveProperty('format', 4);
    const asModule = join(folder, 'generated/snapshot.js');
    await portolan('compile', '-f', shop, '-o', asModule);
    const { default: exported }: { readonly default: unknown } = await import(asModule);
    expect(exported).toEqual(JSON.parse(await readFile(snapshot, 'utf8')));
    const faulty = await file('bad.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {}\n');
    const none = join(folder, 'none.json');
    expect(await portolan('compile', '-f', faulty, '-o', none)).toMatchObject({ code: 1, out: '' });
    await expect(readFile(none)).rejects.toThrow('ENOENT');
  });
});
