// How many days an account of a customer that became known lately waits for its first refund.

import { Group, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { getRefundSetting, putRefundSetting } from '#refunds/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { SaveRow } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';

const DAYS_MAX = 90;

export function WaitingDays({ companyId }: { readonly companyId: string }) {
  const read = useRead(getRefundSetting, { params: { companyId } });
  return (
    <Panel title="Refunds to new accounts">
      <Shown read={read}>
        {({ waitingDays }) => (
          <DaysForm key={`${companyId} ${waitingDays}`} companyId={companyId} now={waitingDays} />
        )}
      </Shown>
    </Panel>
  );
}

function DaysForm({ companyId, now }: { readonly companyId: string; readonly now: number }) {
  const mayChange = useMay('approval.manage');
  const put = useCommand(putRefundSetting);
  const [days, setDays] = useState<number>(now);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate({ params: { companyId }, body: { waitingDays: days } });
      }}
    >
      <Stack gap="sm">
        {put.error ? <Trouble problem={put.error} /> : null}
        <Text size="sm" c="dimmed">
          Whoever writes that a customer has a new account may not be the customer. So the first refund to it
          waits, and there is time to call them. Somebody who neither granted it nor added the account can let
          it go earlier.
        </Text>
        <Group align="flex-end" justify="space-between">
          <NumberInput
            label="Days that a new account waits"
            w={260}
            min={0}
            max={DAYS_MAX}
            allowDecimal={false}
            value={days}
            onChange={(value) => setDays(Math.min(DAYS_MAX, Math.max(0, Number(value) || 0)))}
            disabled={!mayChange}
          />
          {mayChange ? <SaveRow saved={put.isSuccess} saving={put.isPending} /> : null}
        </Group>
      </Stack>
    </form>
  );
}
