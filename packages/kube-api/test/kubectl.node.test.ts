import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { configMap } from './harness/harness.ts';
import { served, type Served } from './served/served.ts';

/** The minor version of the kubectl that there is: 20 of Debian 11 and 12, or whatever else. */
const minor = minorVersion();

const SHOP = `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, image: "web:1", ports: [{containerPort: 8080}]}]}
status: {phase: Running, podIP: 10.0.0.1, conditions: [{type: Ready, status: "True"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: ClusterIP, clusterIP: 10.96.0.1, selector: {app: web}, ports: [{port: 80, protocol: TCP, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec: {ingressClassName: edge, rules: [{host: shop.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
`;

function minorVersion(): number | undefined {
  const { status, stdout } = spawnSync('kubectl', ['version', '--client', '-o', 'json']);
  return status === 0 ? Number.parseInt(JSON.parse(String(stdout)).clientVersion.minor) : undefined;
}

/** Whether kubectl is of this minor version or newer. */
function isSince(version: number): boolean {
  return (minor ?? 0) >= version;
}

/** Leaves out what says nothing, and what then has nothing left to say. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, plain(field)] as const);
  return Object.fromEntries(fields.filter(([, field]) => !isEmpty(field)));
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe.skipIf(minor === undefined)('kubectl (skipped where there is none)', () => {
  let api: Served;
  let manifest: string;

  beforeAll(async () => {
    api = await served();
    manifest = join(api.folder, 'shop.yaml');
    await writeFile(manifest, SHOP);
  });
  afterAll(async () => {
    await api.close();
  });
  beforeEach(() => {
    const all = ['pods', 'services', 'configmaps', 'ingresses.networking.k8s.io'].flatMap(
      (resource) => api.store.list(resource).map(({ metadata }) => ({ resource, metadata })),
    );
    api.store.commit(
      all.map(({ resource, metadata: { namespace = '', name } }) => ({
        delete: { resource, namespace, name },
      })),
    );
  });

  function start(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): ReturnType<typeof spawn> {
    const home = { HOME: api.folder, KUBECONFIG: api.kubeconfig, TZ: 'UTC' };
    return spawn('kubectl', args, { env: { ...process.env, ...home, ...env } });
  }

  async function run(
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<Ran> {
    const child = start(args, env);
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk) => (out += String(chunk)));
    child.stderr?.on('data', (chunk) => (err += String(chunk)));
    const [code] = await once(child, 'close');
    return { code, out, err };
  }

  /** What it prints, where all goes well. */
  async function kubectl(line: string, env?: Readonly<Record<string, string>>): Promise<string> {
    const { code, out, err } = await run(line.split(' '), env);
    if (code !== 0) throw new Error(`kubectl ${line}: ${err}${out}`);
    return out;
  }

  /** Its columns, however wide. */
  const squeeze = (text: string): readonly string[] =>
    text
      .trim()
      .split('\n')
      .map((line) => line.trim().replaceAll(/\s{2,}/g, '|'));

  it('knows the server and its resources', async () => {
    expect(await kubectl('version')).toMatch(/Server Version: .*v1\.33\.0\+portolan/);
    const resources = squeeze(await kubectl('api-resources --no-headers'));
    expect(resources).toContain('pods|po|v1|true|Pod');
    expect(resources).toContain('ingresses|ing|networking.k8s.io/v1|true|Ingress');
    expect(await kubectl('api-versions')).toContain('discovery.k8s.io/v1\n');
    expect(await kubectl('get --raw /.portolan/kube/readyz')).toBe('ok');
  });

  it('applies manifests, finds them unchanged, and changes them', async () => {
    expect(await kubectl(`apply -f ${manifest}`)).toBe(
      'pod/web created\nservice/web created\ningress.networking.k8s.io/web created\n',
    );
    expect(await kubectl(`apply -f ${manifest}`)).toBe(
      'pod/web unchanged\nservice/web unchanged\ningress.networking.k8s.io/web unchanged\n',
    );
    const changed = join(api.folder, 'changed.yaml');
    await writeFile(changed, SHOP.replace('web:1', 'web:2'));
    const diff = await run(['diff', '-f', changed]);
    expect(diff.code).toBe(1);
    expect(diff.out).toMatch(/^- +(- )?image: web:1$/m);
    expect(diff.out).toMatch(/^\+ +(- )?image: web:2$/m);
    expect(await kubectl(`apply -f ${changed}`)).toMatch(
      /^pod\/web configured\nservice\/web unchanged\n/,
    );
    expect(await kubectl('get pod web -o jsonpath={.spec.containers[0].image}')).toBe('web:2');
  });

  it('applies on the server’s side, and is told of conflicts', async () => {
    expect(await kubectl(`apply --server-side -f ${manifest}`)).toMatch(
      /^pod\/web serverside-applied\n/,
    );
    const changed = join(api.folder, 'changed.yaml');
    await writeFile(changed, SHOP.replace('web:1', 'web:2'));
    const other = ['apply', '--server-side', '--field-manager=other', '-f', changed];
    const refused = await run(other);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('conflict with "kubectl"');
    expect((await run([...other, '--force-conflicts'])).code).toBe(0);
    const web = api.store.get({ resource: 'pods', namespace: 'shop', name: 'web' });
    expect(web?.metadata.managedFields?.map(({ manager }) => manager)).toContain('other');
  });

  it('shows what there is, in every form', async () => {
    await kubectl(`apply -f ${manifest}`);
    expect(squeeze(await kubectl('get pods,svc,ing'))).toEqual([
      expect.stringMatching(/^NAME\|READY\|STATUS\|RESTARTS\|AGE$/),
      expect.stringMatching(/^pod\/web\|1\/1\|Running\|0\|\d+s$/),
      '',
      expect.stringMatching(/^NAME\|TYPE\|CLUSTER-IP\|EXTERNAL-IP\|PORT\(S\)\|AGE$/),
      expect.stringMatching(/^service\/web\|ClusterIP\|10\.96\.0\.1\|<none>\|80\/TCP\|\d+s$/),
      '',
      expect.stringMatching(/^NAME\|CLASS\|HOSTS\|ADDRESS\|PORTS\|AGE$/),
      expect.stringMatching(/^ingress\.networking\.k8s\.io\/web\|edge\|shop\.example\|80\|\d+s$/),
    ]);
    expect(squeeze(await kubectl('get pods -A -o wide'))[1]).toMatch(
      /^shop\|web\|1\/1\|Running\|0\|\d+s\|10\.0\.0\.1\|<none>\|<none>\|<none>$/,
    );
    expect(JSON.parse(await kubectl('get pods -o json'))).toMatchObject({
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } }],
    });
    expect(await kubectl('get svc web -o yaml')).toMatch(/^apiVersion: v1\nkind: Service\n/);
    expect(await kubectl('get pods -o name')).toBe('pod/web\n');
    expect(
      squeeze(await kubectl('get pods -o custom-columns=N:.metadata.name,IP:.status.podIP')),
    ).toEqual(['N|IP', 'web|10.0.0.1']);
    expect(await kubectl('get pods -l app=none')).toBe('');
    expect(await kubectl('get pods -l app=web --field-selector status.phase=Running -o name')).toBe(
      'pod/web\n',
    );
    expect(squeeze(await kubectl('get all --show-labels'))[1]).toMatch(/\|app=web$/);
  });

  it('pages through long lists', async () => {
    api.store.commit(
      Array.from({ length: 25 }, (_, index) => ({ put: configMap(`c${index}`, 'shop') })),
    );
    expect((await kubectl('get cm --chunk-size=10 -o name')).trim().split('\n')).toHaveLength(25);
    expect((await kubectl('get cm --chunk-size=10')).trim().split('\n')).toHaveLength(26);
  });

  it('describes and explains', async () => {
    await kubectl(`apply -f ${manifest}`);
    expect(await kubectl('describe pod web')).toMatch(/^IP: +10\.0\.0\.1$/m);
    expect(await kubectl('describe svc web')).toMatch(/^Selector: +app=web$/m);
    expect(await kubectl('describe ing web')).toContain('shop.example');
    expect(await kubectl('explain pods.spec.containers.image')).toMatch(/^FIELD: +image/m);
  });

  it('watches', async () => {
    await kubectl(`apply -f ${manifest}`);
    const child = start([
      'get',
      'pods',
      '-w',
      '-o',
      'custom-columns=N:.metadata.name,IP:.status.podIP',
      '--no-headers',
    ]);
    if (child.stdout === null) throw new Error('no output');
    const rows = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async (): Promise<unknown> => squeeze(String((await rows.next()).value))[0];
    expect(await next()).toBe('web|10.0.0.1');
    const patch = '{"status":{"podIP":"10.0.0.2"}}';
    await kubectl(`patch pod web --type=merge -p ${patch}`);
    expect(await next()).toBe('web|10.0.0.2');
    await kubectl('delete pod web');
    expect(await next()).toBe('web|10.0.0.2');
    child.kill();
    await once(child, 'close');
  });

  it('watches one object in a table', async () => {
    await kubectl(`apply -f ${manifest}`);
    const child = start(['get', 'pod', 'web', '-w', '-o', 'wide']);
    if (child.stdout === null) throw new Error('no output');
    const rows = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async (): Promise<unknown> => squeeze(String((await rows.next()).value))[0];
    expect(await next()).toMatch(/^NAME\|READY\|STATUS\|/);
    expect(await next()).toMatch(/^web\|1\/1\|Running\|/);
    await kubectl('patch pod web --type=merge -p {"status":{"phase":"Failed"}}');
    expect(await next()).toMatch(/^web\|1\/1\|Failed\|/);
    child.kill();
    await once(child, 'close');
  });

  it('waits for conditions and for deletion', async () => {
    await kubectl(`apply -f ${manifest}`);
    await kubectl(
      'patch pod web --type=merge -p {"status":{"conditions":[{"type":"Ready","status":"False"}]}}',
    );
    const ready = kubectl('wait --for=condition=Ready pod/web --timeout=30s');
    const gone = kubectl('wait --for=delete svc/web --timeout=30s');
    await kubectl(
      'patch pod web --type=merge -p {"status":{"conditions":[{"type":"Ready","status":"True"}]}}',
    );
    await kubectl('delete svc web');
    expect(await ready).toBe('pod/web condition met\n');
    await gone;
  });

  it('patches in three ways, labels, annotates, edits and replaces', async () => {
    await kubectl(`apply -f ${manifest}`);
    await kubectl(
      'patch pod web -p {"spec":{"containers":[{"name":"web","env":[{"name":"A","value":"1"}]}]}}',
    );
    await kubectl('patch pod web --type=merge -p {"metadata":{"labels":{"tier":"front"}}}');
    await kubectl(
      'patch pod web --type=json -p [{"op":"add","path":"/metadata/labels/x","value":"y"}]',
    );
    await kubectl('label pod web a=b tier-');
    await kubectl('annotate pod web note=here');
    const editor = { KUBE_EDITOR: 'sed -i s/web:1/web:9/' };
    expect(await kubectl('edit pod web', editor)).toBe('pod/web edited\n');
    expect(JSON.parse(await kubectl('get pod web -o json'))).toMatchObject({
      metadata: { labels: { app: 'web', a: 'b', x: 'y' }, annotations: { note: 'here' } },
      spec: { containers: [{ name: 'web', image: 'web:9', env: [{ name: 'A', value: '1' }] }] },
    });
    expect(await kubectl(`replace -f ${manifest}`)).toMatch(/^pod\/web replaced\n/);
    expect(await kubectl('get pod web -o jsonpath={.metadata.labels}')).toBe('{"app":"web"}');
  });

  it.each([
    'service clusterip made --tcp=80:8080',
    'service nodeport made --tcp=80:web --node-port=30080',
    'service loadbalancer made --tcp=80 --tcp=443:https',
    'service externalname made --external-name=a.example',
    'configmap made --from-literal=a=b --from-file=binary=/bin/true',
    'secret generic made --from-literal=a=b',
    'deployment made --image=web:1 --replicas=2 --port=80 -- run --fast',
    'job made --image=web:1 -- run',
    // Before, of a version that is gone since 1.25.
    ...(isSince(21) ? ['cronjob made --image=web:1 --schedule=@daily'] : []),
    'ingress made --class=edge --annotation=a=b --default-backend=web:80 --rule=a.example/=web:http,tls=cert --rule=b.example/x*=web:80',
  ])('creates a %s as it would itself', async (line) => {
    await kubectl('delete all,cm,secret,ing --all');
    const own = JSON.parse(await kubectl(`create --dry-run=client -o json ${line}`));
    await kubectl(`create ${line}`);
    const [type = ''] = line.split(' ');
    const made = JSON.parse(await kubectl(`get ${type} made -o json`));
    expect([made.data, made.binaryData]).toEqual([own.data, own.binaryData]);
    // What it sends of a spec that says nothing depends on its version; defaults may be there beside.
    expect(plain({ spec: made.spec })).toMatchObject(Object(plain({ spec: own.spec })));
    const { labels, annotations } = own.metadata;
    expect([made.metadata.labels, made.metadata.annotations]).toEqual([labels, annotations]);
  });

  it('creates Namespaces', async () => {
    expect(await kubectl('create ns made')).toBe('namespace/made created\n');
    expect(squeeze(await kubectl('get ns made'))[1]).toMatch(/^made\|Active\|/);
  });

  it('asks what may be done, and by whom', async () => {
    expect(await kubectl('auth can-i create pods')).toBe('yes\n');
    expect(await run(['auth', 'can-i', 'create', 'pods', '--context', 'eve'])).toMatchObject({
      code: 1,
      out: 'no\n',
    });
  });

  it.runIf(isSince(28))('asks who it is', async () => {
    expect(squeeze(await kubectl('auth whoami --context eve'))).toContain('Username|eve');
  });

  it('deletes one, some and all', async () => {
    await kubectl(`apply -f ${manifest}`);
    expect(await kubectl('delete pod web')).toMatch(/^pod "web" deleted/);
    expect(await kubectl(`delete -f ${manifest} --ignore-not-found`)).toMatch(
      /^service "web" deleted.*\ningress\.networking\.k8s\.io "web" deleted.*\n$/,
    );
    await kubectl(`apply -f ${manifest}`);
    expect(await kubectl('delete pods,svc,ing --all')).toMatch(
      /^pod "web" deleted.*\nservice "web" deleted/,
    );
    await kubectl(`apply -f ${manifest}`);
    expect(await kubectl('delete ns shop')).toMatch(/^namespace "shop" deleted/);
    expect(api.store.list('pods')).toEqual([]);
  });

  it('is told what is wrong', async () => {
    const bad = join(api.folder, 'bad.yaml');
    await writeFile(
      bad,
      'apiVersion: v1\nkind: Service\nmetadata: {name: bad}\nspec: {ports: []}\n',
    );
    expect((await run(['create', '-f', bad])).err).toBe(
      'The Service "bad" is invalid: \n* metadata.name: Invalid value: "bad": must be good\n* spec.goodness: Required value\n',
    );
    await writeFile(
      bad,
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {prots: []}\n',
    );
    // Up to 1.24 it is kubectl that finds it.
    const strict = await run(['create', '-f', bad]);
    expect(strict.code).toBe(1);
    expect(strict.err).toMatch(/unknown field "(spec\.)?prots"/);
    await run(['create', '--validate=false', '-f', bad]);
    const twice = await run(['create', '--validate=false', '-f', bad]);
    expect(twice.err).toContain('(AlreadyExists)');
    expect(twice.err).toContain('services "web" already exists');
    expect((await run(['get', 'pod', 'none'])).err).toBe(
      'Error from server (NotFound): pods "none" not found\n',
    );
    expect((await run(['delete', 'pod', 'web', '--context', 'eve'])).err).toBe(
      'Error from server (Forbidden): pods "web" is forbidden: User "eve" cannot delete resource "pods" in API group "" in the namespace "shop"\n',
    );
    expect((await run(['get', 'pods', '--token', 'wrong-token-0123456789'])).err).toMatch(
      /You must be logged in to the server/,
    );
  });

  it.runIf(isSince(25))('is warned of fields that a kind does not have', async () => {
    const odd = join(api.folder, 'odd.yaml');
    await writeFile(
      odd,
      'apiVersion: v1\nkind: Service\nmetadata: {name: odd}\nspec: {prots: []}\n',
    );
    expect(await run(['create', '--validate=warn', '-f', odd])).toMatchObject({
      code: 0,
      err: 'Warning: unknown field "spec.prots"\n',
    });
  });
});
