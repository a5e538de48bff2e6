// How the receipts of one customer are applied.

import { Radio, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { getCustomerMatching, METHODS, replaceCustomerMatching } from '#paying/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { SaveRow } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';

type Method = (typeof METHODS)[number];

const WORDS: Readonly<Record<Method, readonly [label: string, says: string]>> = {
  engine: [
    'By all that speaks for it',
    'References, amounts and how this customer has paid are weighed together.',
  ],
  by_reference: [
    'By reference only',
    'Only where the payer names the documents; everything else is suggested.',
  ],
  oldest_first: [
    'The oldest first',
    'What nobody can tell goes to the oldest items; invoices come before interest and fees.',
  ],
  proportional: ['All items alike', 'What nobody can tell goes to all open items in proportion.'],
  manual: ['By people', 'Nothing of this customer is applied without a person.'],
};

export function CustomerMatching({ customerId }: { readonly customerId: string }) {
  const read = useRead(getCustomerMatching, { params: { customerId } });
  return (
    <Panel title="How receipts are applied">
      <Shown read={read}>
        {(found) => <MethodForm key={customerId} customerId={customerId} found={found} />}
      </Shown>
    </Panel>
  );
}

function MethodForm({
  customerId,
  found,
}: {
  readonly customerId: string;
  readonly found: Reply<typeof getCustomerMatching>;
}) {
  const mayChange = useMay('customer.edit');
  const change = useCommand(replaceCustomerMatching);
  const [method, setMethod] = useState<Method>(found.method);
  const [withDisputed, setWithDisputed] = useState(found.withDisputed);
  const spreads = method === 'oldest_first' || method === 'proportional';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ params: { customerId }, body: { method, withDisputed: spreads && withDisputed } });
      }}
    >
      <Stack>
        {change.error ? <Trouble problem={change.error} /> : null}
        <Radio.Group
          label="Method"
          value={method}
          onChange={(value) => setMethod(METHODS.find((one) => one === value) ?? 'engine')}
        >
          <Stack gap="xs" mt="xs">
            {METHODS.map((one) => (
              <Radio
                key={one}
                value={one}
                label={WORDS[one][0]}
                description={WORDS[one][1]}
                disabled={!mayChange}
              />
            ))}
          </Stack>
        </Radio.Group>
        {spreads ? (
          <Switch
            label="Pay what is disputed too"
            checked={withDisputed}
            onChange={(event) => setWithDisputed(event.currentTarget.checked)}
            disabled={!mayChange}
          />
        ) : null}
        {mayChange ? <SaveRow saved={change.isSuccess} saving={change.isPending} /> : null}
      </Stack>
    </form>
  );
}
