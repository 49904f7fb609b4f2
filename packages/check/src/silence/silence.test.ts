import { describe, expect, it } from 'vitest';

import type { Finding } from '../finding/finding.ts';
import { silence, type SilenceRule } from './silence.ts';

const base = { severity: 'warning', message: 'a', line: 1, column: 1 } as const;
const web: Finding = {
  ...base,
  code: 'HostWithoutTLS',
  file: 'k8s/shop.yaml',
  field: 'spec.rules[0].host',
  object: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace: 'shop', name: 'web' },
};
const ingressClass: Finding = {
  ...base,
  code: 'FieldNotHonoured',
  file: 'k8s/class.yaml',
  field: 'spec.parameters',
  object: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    namespace: '',
    name: 'nginx',
  },
};
const syntax: Finding = { ...base, code: 'InvalidSyntax', file: 'k8s/broken.yaml' };
const ALL = [web, ingressClass, syntax];

function silencedBy(rule: SilenceRule): readonly Finding[] {
  const { findings } = silence(ALL, [rule]);
  return ALL.filter((finding) => !findings.includes(finding));
}

describe('silencing findings', () => {
  it.each<[SilenceRule, readonly Finding[]]>([
    [{ code: 'HostWithoutTLS' }, [web]],
    [{ code: '*' }, ALL],
    [{ code: 'Host*TLS' }, [web]],
    [{ code: 'Host*', object: 'Ingress shop/web' }, [web]],
    [{ code: 'Host*', object: 'Ingress shop/*' }, [web]],
    [{ code: 'Host*', object: 'Ingress other/*' }, []],
    [{ code: '*', object: 'IngressClass nginx' }, [ingressClass]],
    [{ code: '*', field: 'spec.rules[*].host' }, [web]],
    [{ code: '*', field: 'spec.rules' }, []],
    [{ code: '*', file: 'k8s/*.yaml' }, ALL],
    [{ code: '*', file: '*/shop.yaml' }, [web]],
    [{ code: '*', object: '', field: '' }, [syntax]],
    [{ code: 'host*' }, []],
    [{ code: 'HostWithoutTL' }, []],
  ])('by %o', (rule, expected) => {
    expect(silencedBy(rule)).toEqual(expected);
  });

  it('keeps the order of the others, counts, and names the rules that fit nothing', () => {
    const rules = [{ code: 'FieldNotHonoured' }, { code: 'Gone' }, { code: 'Field*' }];
    expect(silence(ALL, rules)).toEqual({
      findings: [web, syntax],
      silenced: 1,
      unused: [{ code: 'Gone' }],
    });
  });

  it('does nothing without rules', () => {
    expect(silence(ALL, [])).toEqual({ findings: ALL, silenced: 0, unused: [] });
  });
});
