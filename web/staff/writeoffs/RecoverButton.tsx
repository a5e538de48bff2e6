// Money on account that is for what was written off: shown where something was.

import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRestore } from '@tabler/icons-react';
import { useState } from 'react';
import { listRecoverable, recoverWriteOff } from '#recoveries/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { AmountField } from './AmountField.tsx';

type Item = Reply<typeof listRecoverable>['items'][number];

export function RecoverButton({ paymentId }: { readonly paymentId: string }) {
  const read = useRead(listRecoverable, { params: { paymentId } });
  const [opened, setOpened] = useState(false);
  const items = read.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRestore size={16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        For a write-off
      </Button>
      {opened ? <RecoverDialog paymentId={paymentId} items={items} onClose={() => setOpened(false)} /> : null}
    </>
  );
}

const keyOf = (item: Item): string => `${item.writeOffId} ${item.itemId}`;

function RecoverDialog({
  paymentId,
  items,
  onClose,
}: {
  readonly paymentId: string;
  readonly items: readonly Item[];
  onClose(): void;
}) {
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>({});
  const recover = useCommand(recoverWriteOff);
  const put = (item: Item, amount: string | undefined): void =>
    setAmounts(({ [keyOf(item)]: _, ...rest }) =>
      amount === undefined ? rest : { ...rest, [keyOf(item)]: amount },
    );
  const chosen = items.filter((item) => amounts[keyOf(item)] !== undefined);
  const submit = (): void =>
    recover.mutate(
      {
        params: { paymentId },
        body: {
          items: chosen.map((item) => ({
            writeOffId: item.writeOffId,
            itemId: item.itemId,
            amount: {
              amount: typedDecimal(amounts[keyOf(item)] ?? '') ?? '0',
              currency: item.left.currency,
            },
          })),
        },
      },
      {
        onSuccess: ({ recoveries }) => {
          const numbers = recoveries.map((one) => one.reference).join(', ');
          notifications.show({ message: `Booked as recovered: ${numbers}.` });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title="For what was written off"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Book as recovered"
      busy={recover.isPending}
      problem={recover.error}
      size="lg"
    >
      <Text size="sm" c="dimmed">
        The write-off stays; what came is income of its own. Tax that was taken back is owed again in
        proportion.
      </Text>
      <Stack gap="xs">
        {items.map((item) => (
          <div key={keyOf(item)}>
            <Checkbox
              label={
                <>
                  {item.reference}, written off {dayWords(item.writtenOffOn)} ({item.number}):{' '}
                  <Money value={item.left} />
                </>
              }
              checked={amounts[keyOf(item)] !== undefined}
              onChange={(e) => put(item, e.currentTarget.checked ? item.left.amount : undefined)}
            />
            {amounts[keyOf(item)] === undefined ? null : (
              <AmountField
                label={`Amount for ${item.reference}`}
                currency={item.left.currency}
                value={amounts[keyOf(item)] ?? ''}
                onChange={(value) => put(item, value)}
              />
            )}
          </div>
        ))}
      </Stack>
    </FormDialog>
  );
}
