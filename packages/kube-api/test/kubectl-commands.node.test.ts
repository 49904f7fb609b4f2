import { execFile, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { served, type Served } from './served/served.ts';

const { status, stdout } = spawnSync('kubectl', ['version', '--client', '-o', 'json']);
const hasKubectl = status === 0;
/** Up to 1.20, a version of EndpointSlices is asked for that is gone since 1.25. */
const knowsEndpointSlices =
  hasKubectl && Number.parseInt(JSON.parse(String(stdout)).clientVersion.minor) > 20;

const template = (app: string): string =>
  `template: {metadata: {labels: {app: ${app}}}, spec: {containers: [{name: ${app}, image: "${app}:1"}]}}`;
const workload = (kind: string, app: string, more = ''): string =>
  `{apiVersion: apps/v1, kind: ${kind}, metadata: {name: ${app}, labels: {set: all}}, spec: {selector: {matchLabels: {app: ${app}}}, ${more} ${template(app)}}}`;

/** One of each kind that there is to describe, with what has to be there and no more. */
const ALL = [
  workload('Deployment', 'web', 'replicas: 2,'),
  workload('StatefulSet', 'db', 'serviceName: db,'),
  workload('DaemonSet', 'agent'),
  workload('ReplicaSet', 'set'),
  `{apiVersion: v1, kind: ReplicationController, metadata: {name: old}, spec: {selector: {app: old}, ${template('old')}}}`,
  '{apiVersion: v1, kind: Pod, metadata: {name: web-1, labels: {app: web}}, spec: {nodeName: one, containers: [{name: web, image: "web:1"}]}}',
  '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: ClusterIP, selector: {app: web}, ports: [{port: 80}]}}',
  '{apiVersion: v1, kind: Endpoints, metadata: {name: out}, subsets: [{addresses: [{ip: 10.1.1.1}], ports: [{port: 80}]}]}',
  '{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, labels: {set: all}}, data: {a: b}}',
  '{apiVersion: v1, kind: Secret, metadata: {name: key}, stringData: {a: b}}',
  '{apiVersion: v1, kind: Node, metadata: {name: one}}',
  '{apiVersion: batch/v1, kind: Job, metadata: {name: once}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}',
  '{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: mine}, spec: {holderIdentity: me}}',
  '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-x}, addressType: IPv4, endpoints: [{addresses: [10.1.1.1]}], ports: [{name: http, port: 80, protocol: TCP}]}',
  '{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}}',
  '{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: edge}, spec: {controller: example.com/edge}}',
];

/** What begins with a brace kubectl takes for JSON. */
function yaml(documents: readonly string[]): string {
  return documents.map((each) => `---\n${each}\n`).join('');
}

describe.skipIf(!hasKubectl)('commands of kubectl (skipped where there is none)', () => {
  let api: Served;
  let folder: string;

  interface Ran {
    readonly code: number;
    readonly text: string;
  }

  function run(line: string): Promise<Ran> {
    const env = { ...process.env, HOME: api.folder, KUBECONFIG: api.kubeconfig };
    return new Promise((resolve) => {
      execFile('kubectl', line.split(' '), { env }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), text: out + err }),
      );
    });
  }

  /** What it prints, where all goes well. */
  async function kubectl(line: string): Promise<string> {
    const { code, text } = await run(line);
    if (code !== 0) throw new Error(`kubectl ${line}: ${text}`);
    return text;
  }

  beforeAll(async () => {
    api = await served();
    folder = join(api.folder, 'all');
    await mkdir(folder);
    await writeFile(join(folder, 'all.yaml'), yaml(ALL));
    await writeFile(join(folder, 'kustomization.yaml'), 'namespace: shop\nresources: [all.yaml]\n');
    await kubectl(`apply -k ${folder}`);
  });
  afterAll(async () => {
    await api.close();
  });

  it('apply -k finds all as it is, diff too', async () => {
    const lines = (await kubectl(`apply -k ${folder}`)).trim().split('\n');
    expect(lines).toHaveLength(ALL.length);
    expect(lines.filter((line) => !line.endsWith(' unchanged'))).toEqual([]);
    expect(await kubectl(`diff -k ${folder}`)).toBe('');
  });

  it.each([
    'configmap settings',
    'daemonset agent',
    'deployment web',
    'endpoints out',
    ...(knowsEndpointSlices ? ['endpointslice web-x'] : []),
    'ingress web',
    'ingressclass edge',
    'job once',
    'lease mine',
    'namespace shop',
    'node one',
    'pod web-1',
    'replicaset set',
    'replicationcontroller old',
    'secret key',
    'service web',
    'statefulset db',
  ])('describes a %s', async (object) => {
    const [, name = ''] = object.split(' ');
    expect(await kubectl(`describe ${object}`)).toMatch(new RegExp(`^Name: +${name}$`, 'm'));
  });

  it.runIf(knowsEndpointSlices)('describes an EndpointSlice with what it leaves out', async () => {
    const slice =
      '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: bare}, addressType: IPv4, endpoints: [{addresses: [10.1.1.2]}], ports: [{port: 80}]}';
    const bare = join(api.folder, 'bare.yaml');
    await writeFile(bare, yaml([slice]));
    await kubectl(`create -f ${bare}`);
    expect(await kubectl('describe endpointslice bare')).toMatch(/<unset> +80 +TCP$/m);
  });

  it('scales what can be scaled', async () => {
    for (const name of ['deployment/web', 'statefulset/db', 'replicaset/set', 'rc/old']) {
      expect(await kubectl(`scale ${name} --replicas=3`)).toMatch(/ scaled\n$/);
      expect(await kubectl(`get ${name} -o jsonpath={.spec.replicas}`)).toBe('3');
    }
    expect(await run('scale deployment/web --current-replicas=9 --replicas=4')).toMatchObject({
      code: 1,
      text: expect.stringContaining('Expected replicas to be 9, was 3'),
    });
    expect((await run('scale daemonset/agent --replicas=3')).code).toBe(1);
  });

  it('changes workloads, and says that nobody rolls them out', async () => {
    expect(await kubectl('set image deployment/web web=web:2')).toContain('image updated');
    expect(await kubectl('set env deployment/web A=b')).toContain('env updated');
    expect(await kubectl('rollout restart deployment/web')).toContain('restarted');
    const first = await run('rollout status deployment/web --timeout=1s');
    expect(first).toMatchObject({ code: 1, text: expect.stringContaining('Waiting for') });
    const other = await run('rollout status statefulset/db --timeout=1s');
    expect(other).toMatchObject({ code: 1, text: expect.stringContaining('Waiting for') });
  });

  it('taints, cordons and drains a Node', async () => {
    await kubectl('taint node one a=b:NoSchedule');
    await kubectl('cordon one');
    expect(await kubectl('get node one --no-headers')).toContain('SchedulingDisabled');
    await kubectl('uncordon one');
    expect(await kubectl('drain one --ignore-daemonsets --force')).toMatch(
      /^node\/one (drained|evicted|deleted)$/m,
    );
    expect((await run('get pod web-1')).text).toContain('pods "web-1" not found');
    await kubectl(`apply -k ${folder}`);
  });

  it('sees no Events', async () => {
    expect(await kubectl('get events')).toMatch(/^No resources found/);
  });

  it.each([
    ['logs web-1', 'pods/log of "web-1" needs a kubelet, and there is none here'],
    ['exec web-1 -- ls', 'pods/exec of "web-1" needs a kubelet, and there is none here'],
    ['attach web-1', 'pods/attach of "web-1" needs a kubelet, and there is none here'],
    ['top pods', 'Metrics API not available'],
  ])('can’t %s, and says why', async (line, why) => {
    expect(await run(line)).toMatchObject({ code: 1, text: expect.stringContaining(why) });
  });

  it('is told what is wrong with a patch', async () => {
    const operation = '[{"op":"test","path":"/spec/replicas","value":77}]';
    expect((await run(`patch deployment web --type=json -p ${operation}`)).text).toBe(
      'The request is invalid: patch: testing value /spec/replicas failed: test failed\n',
    );
  });

  it('prunes what is no longer there', async () => {
    await kubectl(`apply -f ${folder}/all.yaml --dry-run=server`);
    const kept = join(api.folder, 'kept.yaml');
    await writeFile(kept, yaml(ALL.filter((each) => !each.includes('ConfigMap'))));
    const allowed = (await run('apply --help')).text.includes('--prune-allowlist')
      ? '--prune-allowlist'
      : '--prune-whitelist';
    expect(
      await kubectl(`apply -f ${kept} --prune -l set=all ${allowed}=core/v1/ConfigMap`),
    ).toContain('configmap/settings pruned');
  });

  it('replaces by force, and deletes with what hangs on it or without', async () => {
    await kubectl(`replace --force -k ${folder}`);
    await kubectl('delete deployment web --cascade=foreground');
    await kubectl('delete statefulset db --cascade=orphan');
    expect(await kubectl('delete all --all')).toContain('deleted');
    expect((await kubectl('get all')).trim()).toBe('No resources found in shop namespace.');
  });
});
