import { toJsonSchema } from '@valibot/to-json-schema';
import { expect, it } from 'vitest';

import { ConfigurationSchema } from './schema.ts';

it('is the schema that editors read; vitest -u writes it anew', async () => {
  const schema = {
    title: 'portolan.yaml',
    description: 'The configuration of the command line of Portolan.',
    ...toJsonSchema(ConfigurationSchema, { typeMode: 'input', errorMode: 'ignore' }),
  };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../../schema/portolan.schema.json',
  );
});
