// What is done with many accounts at once: put off, put on hold, sent a statement. One after the other, and each is told that did not work.

import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { placeHold, readHoldOverview } from '#holds/contract.ts';
import { sendStatement } from '#statements/contract.ts';
import type { ApiProblem } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { DayField } from '../../ui/DayField.tsx';
import { ConfirmButton, FormDialog } from '../../ui/FormTools.tsx';
import { AssignDialog } from './AssignDialog.tsx';
import { SnoozeDialog } from './SnoozeDialog.tsx';
import type { Row } from './WorklistPage.tsx';

type BulkProps = { readonly rows: readonly Row[]; onDone(): void };

export function BulkActions({ rows, onDone }: BulkProps) {
  const [asking, setAsking] = useState<'snooze' | 'hold' | 'assign'>();
  const [failed, setFailed] = useState<readonly string[]>([]);
  const send = useCommand(sendStatement);
  const mayHold = useMay('hold.place');
  const maySend = useMay('reminder.send');
  const accounts = rows.map((row) => ({ companyId: row.companyId, customerId: row.customer.id }));
  const finish = (problems: readonly string[]): void => {
    setAsking(undefined);
    setFailed(problems);
    if (problems.length === 0) onDone();
  };
  const sendAll = async (): Promise<void> =>
    finish(
      await eachOf(rows, (row) =>
        send.mutateAsync({ params: { customerId: row.customer.id }, body: { companyId: row.companyId } }),
      ),
    );
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {countText(rows.length)} chosen
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => setAsking('snooze')}>
          Put off
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setAsking('assign')}>
          Give to
        </Button>
        {mayHold ? (
          <Button size="compact-sm" variant="default" onClick={() => setAsking('hold')}>
            Hold
          </Button>
        ) : null}
        {maySend ? (
          <ConfirmButton
            label="Send statements"
            title={`Send ${countText(rows.length)} statements of account?`}
            says="Each customer gets what is open, by the way it wants."
            confirmLabel="Send"
            act={sendAll}
          />
        ) : null}
        <Button size="compact-sm" variant="subtle" onClick={onDone}>
          Choose none
        </Button>
      </Group>
      {failed.length > 0 ? (
        <Alert color="red" title={`${countText(failed.length)} did not work`} role="alert">
          {failed.map((one) => (
            <Text key={one} size="sm">
              {one}
            </Text>
          ))}
        </Alert>
      ) : null}
      {asking === 'snooze' ? (
        <SnoozeDialog accounts={accounts} onClose={() => setAsking(undefined)} onDone={() => finish([])} />
      ) : null}
      {asking === 'assign' ? (
        <AssignDialog accounts={accounts} onClose={() => setAsking(undefined)} onDone={() => finish([])} />
      ) : null}
      {asking === 'hold' ? (
        <HoldDialog rows={rows} onClose={() => setAsking(undefined)} onDone={finish} />
      ) : null}
    </Stack>
  );
}

/** Does something with each row in turn; gives what did not work, by name. */
async function eachOf(rows: readonly Row[], act: (row: Row) => Promise<unknown>): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const row of rows) {
    await act(row).catch((problem: ApiProblem) => failed.push(`${row.customer.name}: ${problem.message}`));
  }
  return failed;
}

type HoldDialogProps = {
  readonly rows: readonly Row[];
  onClose(): void;
  onDone(failed: readonly string[]): void;
};

function HoldDialog({ rows, onClose, onDone }: HoldDialogProps) {
  const place = useCommand(placeHold);
  const reasons = useRead(readHoldOverview).data?.allReasons ?? [];
  const [reason, setReason] = useState<string | null>(null);
  const [until, setUntil] = useState('');
  const [busy, setBusy] = useState(false);
  const customers = rows.filter(
    (row, index) => rows.findIndex((one) => one.customer.id === row.customer.id) === index,
  );
  const submit = async (): Promise<void> => {
    setBusy(true);
    const failed = await eachOf(customers, (row) =>
      place.mutateAsync({ body: { customerId: row.customer.id, reason: reason ?? '', until } }),
    );
    setBusy(false);
    onDone(failed);
  };
  return (
    <FormDialog
      title={`Put ${countText(customers.length)} customers on hold`}
      opened
      onClose={onClose}
      onSubmit={() => void submit()}
      submitLabel="Put on hold"
      busy={busy}
      problem={null}
    >
      <Select
        label="Why"
        required
        searchable
        data={reasons
          .filter((one) => one.inUse && one.code !== 'other')
          .map((one) => ({ value: one.code, label: one.name }))}
        value={reason}
        onChange={setReason}
      />
      <DayField label="Until" required value={until} onChange={setUntil} />
    </FormDialog>
  );
}
