import { describe, expect, it } from 'vitest';

import type { Container, Pod } from '../resources/pod.ts';
import { targetPort } from './target-port.ts';

function podOf(containers: readonly Container[], initContainers: readonly Container[] = []): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers, initContainers },
  };
}

const web: Container = { name: 'web', ports: [{ name: 'http', containerPort: 8080 }] };

describe('the target port', () => {
  it('is the number given, whatever the Pod says of its ports', () => {
    expect(targetPort(podOf([web]), { port: 80, targetPort: 9999 })).toBe(9999);
  });

  it.each([undefined, 0, ''])('is the Service port when it is %j', (given) => {
    const port = { port: 80, ...(given !== undefined && { targetPort: given }) };
    expect(targetPort(podOf([web]), port)).toBe(80);
  });

  it('with a name is the container port of that name', () => {
    expect(targetPort(podOf([web]), { port: 80, targetPort: 'http' })).toBe(8080);
  });

  it('with a name does not exist in a Pod without it', () => {
    expect(targetPort(podOf([web]), { port: 80, targetPort: 'https' })).toBeUndefined();
    expect(targetPort(podOf([{ name: 'web' }]), { port: 80, targetPort: 'http' })).toBeUndefined();
  });

  it('with a name has the protocol of the Service port', () => {
    const dns: Container = {
      name: 'dns',
      ports: [
        { name: 'dns', containerPort: 5353 },
        { name: 'dns', containerPort: 5354, protocol: 'UDP' },
      ],
    };
    expect(targetPort(podOf([dns]), { port: 53, targetPort: 'dns' })).toBe(5353);
    expect(targetPort(podOf([dns]), { port: 53, targetPort: 'dns', protocol: 'TCP' })).toBe(5353);
    expect(targetPort(podOf([dns]), { port: 53, targetPort: 'dns', protocol: 'UDP' })).toBe(5354);
    expect(
      targetPort(podOf([dns]), { port: 53, targetPort: 'dns', protocol: 'SCTP' }),
    ).toBeUndefined();
  });

  it('with a name is looked up in sidecars after containers, and in no other init container', () => {
    const sidecar: Container = {
      name: 'proxy',
      restartPolicy: 'Always',
      ports: [
        { name: 'http', containerPort: 1 },
        { name: 'metrics', containerPort: 9090 },
      ],
    };
    const init: Container = { name: 'init', ports: [{ name: 'setup', containerPort: 2 }] };
    const pod = podOf([web], [init, sidecar]);
    expect(targetPort(pod, { port: 80, targetPort: 'http' })).toBe(8080);
    expect(targetPort(pod, { port: 80, targetPort: 'metrics' })).toBe(9090);
    expect(targetPort(pod, { port: 80, targetPort: 'setup' })).toBeUndefined();
  });
});
