import { describe, expect, it } from 'vitest';

import { parseManifests } from '../parse/parse-manifests.ts';

/** What is said of a Service with this spec. */
function spec(text: string): readonly string[] {
  return service(`metadata: {name: web}\nspec: ${text}`);
}

function service(text: string): readonly string[] {
  const source = { name: 'a.yaml', text: `apiVersion: v1\nkind: Service\n${text}` };
  return parseManifests([source]).diagnostics.map(({ message }) => message);
}

const PORTS = 'ports: [{port: 80}]';
const LABEL_VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

describe('a Service', () => {
  it.each([
    `{${PORTS}}`,
    '{ports: [{port: 80, targetPort: http, appProtocol: kubernetes.io/h2c}]}',
    '{ports: [{name: a, port: 53}, {name: b, port: 53, protocol: UDP}]}',
    '{ports: [{port: 80, targetPort: 0, protocol: ""}], type: "", sessionAffinity: ""}',
    '{clusterIP: None}',
    '{clusterIPs: [None]}',
    '{type: ExternalName, externalName: example.com}',
    '{type: Whatever, ports: [{port: 80}]}',
    `{${PORTS}, sessionAffinity: None, sessionAffinityConfig: {clientIP: {timeoutSeconds: 0}}}`,
    `{${PORTS}, sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86400}}}`,
    `{${PORTS}, trafficDistribution: PreferSameNode, internalTrafficPolicy: Local}`,
    `{${PORTS}, ipFamilies: [IPv6, IPv4], ipFamilyPolicy: RequireDualStack}`,
    `{${PORTS}, externalIPs: [203.0.113.7, "2001:db8::1"]}`,
  ])('is fine with %s', (text) => {
    expect(spec(text)).toEqual([]);
  });

  it.each([
    [
      '{ports: [{}]}',
      'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
      'spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive',
    ],
    ['{ports: [{port: 80}, {port: 81, name: b}]}', 'spec.ports[0].name: Required value'],
    [
      '{ports: [{port: 80, name: a}, {port: 81, name: a}]}',
      'spec.ports[1].name: Duplicate value: "a"',
    ],
    [
      '{ports: [{port: 80, name: a}, {port: 80, name: b}]}',
      'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
    ],
    [
      '{ports: [{port: 80, protocol: tcp}]}',
      'spec.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
    ],
    [
      '{ports: [{port: 80, targetPort: 65536}]}',
      'spec.ports[0].targetPort: Invalid value: 65536: must be between 1 and 65535, inclusive',
    ],
    [
      '{ports: [{port: 80, targetPort: a--b}]}',
      'spec.ports[0].targetPort: Invalid value: "a--b": must not contain consecutive hyphens',
    ],
    [
      `{${PORTS}, sessionAffinity: Cookie}`,
      'spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"',
    ],
    [
      `{${PORTS}, sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86401}}}`,
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400',
    ],
    [
      `{${PORTS}, ipFamilies: [IPv5]}`,
      'spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6"',
    ],
    [
      `{${PORTS}, ipFamilyPolicy: Both}`,
      'spec.ipFamilyPolicy: Unsupported value: "Both": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"',
    ],
    [
      `{${PORTS}, externalIPs: [10.0.0.256]}`,
      'spec.externalIPs[0]: Invalid value: "10.0.0.256": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    [
      `{${PORTS}, externalIPs: [0.0.0.0]}`,
      'spec.externalIPs[0]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)',
    ],
    [
      `{${PORTS}, externalIPs: ["::1"]}`,
      'spec.externalIPs[0]: Invalid value: "::1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
    ],
    [
      `{${PORTS}, internalTrafficPolicy: local}`,
      'spec.internalTrafficPolicy: Unsupported value: "local": supported values: "Cluster", "Local"',
    ],
    [
      `{${PORTS}, externalTrafficPolicy: Global}`,
      'spec.externalTrafficPolicy: Unsupported value: "Global": supported values: "Cluster", "Local"',
    ],
    [
      `{${PORTS}, trafficDistribution: Random}`,
      'spec.trafficDistribution: Unsupported value: "Random": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"',
    ],
    [
      `{${PORTS}, selector: {app: my shop}}`,
      `spec.selector: Invalid value: "my shop": ${LABEL_VALUE}`,
    ],
  ])('is refused with %s', (text, ...messages) => {
    expect(spec(text)).toEqual(messages);
  });

  it('is named by a DNS-1035 label', () => {
    expect(service(`metadata: {name: 1st}\nspec: {${PORTS}}`)).toEqual([
      `metadata.name: Invalid value: "1st": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')`,
    ]);
  });

  it('may not have topology annotations that contradict one another', () => {
    const annotations = `annotations: {service.kubernetes.io/topology-aware-hints: auto, service.kubernetes.io/topology-mode: disabled}`;
    expect(service(`metadata: {name: web, ${annotations}}\nspec: {${PORTS}}`)).toEqual([
      'metadata.annotations[service.kubernetes.io/topology-mode]: Invalid value: "disabled": must match annotations[service.kubernetes.io/topology-aware-hints] when both are specified',
    ]);
  });

  it('has its type, addresses and node ports checked by the plugin of its type, not here', () => {
    expect(
      spec(`{${PORTS}, clusterIP: nonsense, type: NodePort, healthCheckNodePort: -1}`),
    ).toEqual([]);
  });
});
