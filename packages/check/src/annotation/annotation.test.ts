import { annotationName, ANNOTATION_NAMES } from '@portolan/settings';
import { describe, expect, it } from 'vitest';

import {
  deployment,
  documents,
  ingress,
  path,
  rule,
  service,
  told,
  WEB,
} from '../../test/manifests.ts';
import { FACTS } from './domains.ts';
import * as equivalents from './equivalent.ts';

const CODE = 'AnnotationNotHonoured';
const NGINX = 'nginx.ingress.kubernetes.io';

/** `severity message` for each annotation of an Ingress of `shop/web`, sorted. */
function lost(annotations: object, spec: object = {}): readonly string[] {
  const text = documents(WEB, ingress('web', spec, annotations));
  return told(CODE, text)
    .map(({ severity, message }) => `${severity} ${message}`)
    .toSorted();
}

function nginx(
  annotations: Readonly<Record<string, string>>,
  spec: object = {},
): readonly string[] {
  const named = Object.entries(annotations).map(([key, value]) => [`${NGINX}/${key}`, value]);
  return lost(Object.fromEntries(named), spec).map((message) => message.replace(`${NGINX}/`, ''));
}

describe('an annotation that is not honoured', () => {
  it('is found at its own place, each by itself, with what is lost', () => {
    const text = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/rewrite-target: /$2
    nginx.ingress.kubernetes.io/use-regex: "true"
spec:
  defaultBackend: {service: {name: web, port: {number: 80}}}
`;
    expect(told(CODE, documents(text, WEB))).toEqual([
      {
        at: 'nginx.ingress.kubernetes.io/rewrite-target: /$2',
        severity: 'warning',
        field: 'metadata.annotations[nginx.ingress.kubernetes.io/rewrite-target]',
        message:
          'nginx.ingress.kubernetes.io/rewrite-target is not honoured: the path is forwarded as it came, not rewritten to /$2',
      },
      {
        at: 'nginx.ingress.kubernetes.io/use-regex: "true"',
        severity: 'warning',
        field: 'metadata.annotations[nginx.ingress.kubernetes.io/use-regex]',
        message:
          'nginx.ingress.kubernetes.io/use-regex is not honoured: paths are prefixes, not regular expressions',
        remedy:
          'set the annotation portolan.dev/implementation-specific: RegularExpression for paths of type ImplementationSpecific',
      },
    ]);
  });

  it('says first where somebody is let in who should not be', () => {
    expect(
      nginx({
        'auth-url': 'https://auth.example',
        'whitelist-source-range': '10.0.0.0/8',
        'limit-rps': '5',
        'enable-modsecurity': 'true',
      }),
    ).toEqual([
      'warning auth-url protects nothing here: requests are let in without asking https://auth.example',
      'warning enable-modsecurity protects nothing here: ModSecurity does not inspect requests',
      'warning limit-rps protects nothing here: a client may send more than 5 requests a second',
      'warning whitelist-source-range protects nothing here: clients from everywhere are let in, not only those from 10.0.0.0/8',
    ]);
  });

  it('is a notice where it only tunes', () => {
    expect(nginx({ 'proxy-body-size': '8m', 'proxy-buffer-size': '8k' })).toEqual([
      'notice proxy-body-size is not honoured: request bodies may be larger than 8m',
      'notice proxy-buffer-size is not honoured: bodies are streamed both ways and never buffered',
    ]);
  });

  it('is a notice where it is for another program', () => {
    expect(
      lost({
        'cert-manager.io/cluster-issuer': 'letsencrypt',
        'acme.cert-manager.io/http01-edit-in-place': 'true',
        'external-dns.alpha.kubernetes.io/hostname': 'shop.example',
      }),
    ).toEqual([
      expect.stringMatching(
        /^notice acme.cert-manager.io.*certificates are in Secrets of its cluster$/u,
      ),
      expect.stringMatching(
        /^notice cert-manager.io.*certificates are in Secrets of its cluster$/u,
      ),
      expect.stringMatching(/^notice external-dns.*its records lead to the cluster$/u),
    ]);
  });

  it('shows no more than the first line of a long value', () => {
    const [message] = nginx({ 'server-alias': `${'a'.repeat(80)}\nb` });
    expect(message).toContain(`requests for ${'a'.repeat(60)}… get a 404`);
  });
});

describe('an annotation that asks for what happens anyway', () => {
  it.each([
    ['ssl-redirect', 'false'],
    ['force-ssl-redirect', 'False'],
    ['proxy-buffering', 'off'],
    ['proxy-body-size', '0'],
    ['backend-protocol', 'HTTP'],
    ['affinity', ''],
    ['enable-cors', 'false'],
    ['use-regex', 'false'],
    ['canary', 'false'],
    ['satisfy', 'all'],
    ['whitelist-source-range', '0.0.0.0/0'],
    ['disable-proxy-intercept-errors', 'true'],
  ])('loses nothing: %s: "%s"', (name, value) => {
    expect(nginx({ [name]: value })).toEqual([]);
  });

  it('loses nothing where the one that switches it on is missing or off', () => {
    expect(nginx({ 'session-cookie-name': 'a', 'auth-realm': 'b', 'cors-max-age': '1' })).toEqual(
      [],
    );
    expect(nginx({ 'enable-cors': 'false', 'cors-allow-origin': '*' })).toEqual([]);
    expect(nginx({ affinity: 'cookie', 'session-cookie-name': 'a' })).toHaveLength(2);
  });

  it('loses nothing by ssl-redirect where the controller would not redirect either', () => {
    expect(nginx({ 'ssl-redirect': 'true' })).toEqual([
      'warning ssl-redirect is not honoured: HTTP requests are answered, not redirected to HTTPS',
    ]);
    expect(nginx({ 'ssl-redirect': 'true' }, { tls: [] })).toEqual([]);
    expect(nginx({ 'force-ssl-redirect': 'true' }, { tls: [] })).toHaveLength(1);
  });

  it('loses little by use-regex where our own annotation says the same', () => {
    const both = {
      [`${NGINX}/use-regex`]: 'true',
      'portolan.dev/implementation-specific': 'RegularExpression',
    };
    const specific = { rules: [rule('shop.example', path('/a', {}, 'ImplementationSpecific'))] };
    expect(lost(both, specific)).toEqual([
      expect.stringMatching(/^notice .*regular expressions fit whole paths here/u),
    ]);
  });
});

describe('an annotation of which we have one that does nearly the same', () => {
  const ours = (annotations: Readonly<Record<string, string>>): object =>
    Object.fromEntries(
      Object.entries(annotations).map(([name, value]) => [`portolan.dev/${name}`, value]),
    );
  const remedies = (
    theirs: Readonly<Record<string, string>>,
    onIngress: Readonly<Record<string, string>> = {},
    onService: Readonly<Record<string, string>> = {},
  ): readonly (string | undefined)[] => {
    const named = Object.entries(theirs).map(([key, value]) => [`${NGINX}/${key}`, value]);
    const web = service('web', {}, { metadata: { annotations: ours(onService) } });
    const annotations = { ...Object.fromEntries(named), ...ours(onIngress) };
    const text = documents(web, deployment('web'), ingress('web', {}, annotations));
    return told(CODE, text).map(({ remedy }) => remedy);
  };

  it('is told who redirects to HTTPS, and who passes TLS on', () => {
    const remedy =
      'portolan serve --redirect-https redirects hosts that have a certificate; where TLS ends in front, redirect there: at Cloudflare by Always Use HTTPS';
    expect(remedies({ 'ssl-redirect': 'true' })).toEqual([remedy]);
    expect(remedies({ 'force-ssl-redirect': 'true' })).toEqual([remedy]);
    expect(remedies({ 'ssl-passthrough': 'true' })).toEqual([
      'a Service of type NodePort or LoadBalancer passes TLS on as it comes, with portolan serve',
    ]);
  });

  it('is told which, and what is different', () => {
    expect(remedies({ 'proxy-body-size': '8m' })).toEqual([
      'set portolan.dev/body-limit, as Kubernetes writes sizes: 8Mi for 8m',
    ]);
    expect(remedies({ 'proxy-read-timeout': '60' })).toEqual([
      'set portolan.dev/first-byte-timeout for the wait until the response begins, and portolan.dev/idle-timeout for a body that stands still, each with a unit',
    ]);
  });

  it('loses nothing where ours is set: on the object, or on all Services that it leads to', () => {
    const size = { 'proxy-body-size': '8m' };
    const affinity = { affinity: 'cookie', 'session-cookie-name': 'a', 'session-cookie-path': '/' };
    expect(remedies(size, { 'body-limit': '8Mi' })).toEqual([]);
    expect(remedies(size, {}, { 'body-limit': '8Mi' })).toEqual([]);
    expect(remedies(size, { 'body-limit': '8m' })).toHaveLength(1);
    expect(remedies(affinity)).toHaveLength(3);
    expect(remedies(affinity, {}, { 'affinity-cookie': 'a' })).toEqual([]);
    expect(remedies({ 'proxy-read-timeout': '60' }, { 'idle-timeout': '60s' })).toHaveLength(1);
  });

  it.each([
    ['proxy-next-upstream', 'error timeout', []],
    ['proxy-next-upstream', 'error http_503', [/portolan.dev\/retry-on/u]],
    ['proxy-next-upstream', 'off', [/portolan.dev\/retries: '0'/u]],
    ['proxy-next-upstream-tries', '3', []],
    ['proxy-next-upstream-tries', '1', [/portolan.dev\/retries/u]],
    ['load-balance', 'ewma', [/portolan.dev\/load-balancing/u]],
    ['upstream-hash-by', '$request_uri', [/portolan.dev\/hash-key/u]],
  ])('is said as far as it differs: %s: %s', (name, value, expected) => {
    expect(remedies({ [name]: value })).toEqual(
      expected.map((each: RegExp): unknown => expect.stringMatching(each)),
    );
  });

  it('is one that there is', () => {
    const remedy = Object.values(equivalents).map((each) => each.remedy);
    const named = remedy.join(' ').match(/portolan\.dev\/[a-z-]+/gu) ?? [];
    expect(named.filter((name) => !ANNOTATION_NAMES.includes(name))).toEqual([]);
    for (const { ours: settings = [], remedy: text = '' } of Object.values(equivalents)) {
      for (const setting of settings) expect(text).toContain(annotationName(setting));
    }
  });
});

describe('backend-protocol', () => {
  const to = (appProtocol: string, value: string): readonly string[] => {
    const ports = [{ port: 80, targetPort: 8080, appProtocol }];
    const annotations = { [`${NGINX}/backend-protocol`]: value };
    const text = documents(
      service('web', { ports }),
      deployment('web'),
      ingress('web', {}, annotations),
    );
    return told(CODE, text).map(({ message }) => message);
  };

  it('loses TLS, unless the port itself asks for it', () => {
    expect(to('http', 'HTTPS')).toEqual([
      'nginx.ingress.kubernetes.io/backend-protocol is not honoured: endpoints are spoken to in HTTP without TLS',
    ]);
    expect(to('https', 'HTTPS')).toEqual([]);
  });

  it('loses gRPC whatever the port asks for', () => {
    expect(to('https', 'GRPCS')[0]).toContain('native gRPC is not passed on');
    expect(to('http', 'FCGI')[0]).toContain('endpoints are spoken to in HTTP, not FCGI');
  });
});

describe('a protocol that a Service asks its load balancer for', () => {
  it('is told from what its own ports say, not from an Ingress of its name', () => {
    const key = 'service.beta.kubernetes.io/aws-load-balancer-backend-protocol';
    const metadata = { annotations: { [key]: 'https' } };
    const secure = { ports: [{ port: 443, targetPort: 8080, appProtocol: 'https' }] };
    const other = ingress('web', { rules: [rule('shop.example', path('/', { name: 'plain' }))] });
    const plain = service('plain', { selector: { app: 'web' } });
    const of = (spec: object): number =>
      told(CODE, documents(service('web', spec, { metadata }), plain, other, deployment('web')))
        .length;
    expect(of(secure)).toBe(0);
    expect(of({})).toBe(1);
  });
});

describe('an annotation that is not known', () => {
  it('is a warning that says so', () => {
    expect(lost({ 'example.com/magic': 'on' })).toEqual([
      'warning example.com/magic is not known here, and nothing is done about it',
    ]);
  });

  it('has the one of the same controller that was perhaps meant', () => {
    const text = documents(WEB, ingress('web', {}, { [`${NGINX}/rewrite-taget`]: '/' }));
    expect(told(CODE, text)).toMatchObject([
      {
        message: expect.stringContaining('is not known here'),
        remedy: 'did you mean nginx.ingress.kubernetes.io/rewrite-target?',
      },
    ]);
  });

  it('is none of a domain that another one only ends like', () => {
    expect(lost({ 'not-cert-manager.io/issuer': 'a' })[0]).toContain('is not known here');
    expect(lost({ 'constructor/a': 'a' })[0]).toContain('is not known here');
    expect(lost({ [`${NGINX}/constructor`]: 'a' })[0]).toContain('is not known here');
  });

  it('is not looked for among bookkeeping, what has no prefix, what is honoured and what is ours', () => {
    expect(
      lost({
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
        'kubernetes.io/ingress.class': 'nginx',
        'portolan.dev/implementation-specific': 'Prefix',
        'portolan.dev/unheard-of': 'a',
        'kubernetes.io/change-cause': 'a',
        owner: 'b',
      }),
    ).toEqual([]);
  });
});

describe('annotations of other objects', () => {
  it('are found on Services', () => {
    const metadata = {
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
        'service.beta.kubernetes.io/aws-load-balancer-security-groups': 'sg-1',
        'metallb.io/loadBalancerIPs': '203.0.113.9',
        'service.alpha.kubernetes.io/tolerate-unready-endpoints': 'true',
      },
    };
    const text = documents(service('web', {}, { metadata }), deployment('web'));
    const messages = told(CODE, text).map(({ severity, message }) => `${severity} ${message}`);
    expect(messages.toSorted()).toEqual([
      'notice metallb.io/loadBalancerIPs is not honoured: the address 203.0.113.9 is not taken',
      'warning service.alpha.kubernetes.io/tolerate-unready-endpoints is not honoured: Pods that are not ready get no requests',
      'warning service.beta.kubernetes.io/aws-load-balancer-scheme is not honoured: who can reach it depends on where Portolan runs',
      'warning service.beta.kubernetes.io/aws-load-balancer-security-groups protects nothing here: the security groups sg-1 keep nobody out',
    ]);
  });

  it('that are honoured on Services are not', () => {
    const annotations = {
      'service.kubernetes.io/topology-mode': 'Disabled',
      'service.beta.kubernetes.io/load-balancer-source-ranges': '10.0.0.0/8',
    };
    const balancer = service('web', { type: 'LoadBalancer' }, { metadata: { annotations } });
    expect(told(CODE, documents(balancer, deployment('web')))).toEqual([]);
  });

  it('are found on IngressClasses', () => {
    const annotations = {
      'ingressclass.kubernetes.io/is-default-class': 'true',
      'example.com/a': 'b',
    };
    const text = documents({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'web', annotations },
      spec: { controller: 'example.com/controller' },
    });
    expect(told(CODE, text)).toMatchObject([{ field: 'metadata.annotations[example.com/a]' }]);
  });

  it('are not looked for where an Ingress is left to others', () => {
    const text = documents(WEB, ingress('web', {}, { 'example.com/a': 'b' }));
    const options = { ingress: { controllers: ['example.com/ours'] } };
    expect(told(CODE, text, {}, options)).toEqual([]);
  });
});

describe('what is known of annotations', () => {
  const all = Object.entries(FACTS).flatMap(([domain, facts]) =>
    Object.keys(facts).map((name): [string, string] => [
      domain.replace(/^\./u, ''),
      name.replaceAll('*', 'x'),
    ]),
  );

  it.each([...new Set(all.map(([domain]) => domain))])('of %s is said in words', (domain) => {
    const names = all.filter(([of]) => of === domain).map(([, name]) => name);
    const annotations = Object.fromEntries(names.map((name) => [`${domain}/${name}`, 'VALUE']));
    for (const message of lost(annotations)) {
      expect(message).toMatch(
        /^(?:notice|warning) \S+ (?:is not honoured|protects nothing here): \S/u,
      );
      expect(message).not.toMatch(/\{\}|undefined|’/u);
    }
  });
});
