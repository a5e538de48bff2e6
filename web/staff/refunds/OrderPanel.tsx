// What may be paid now, ordered together: one file for the bank for each account of ours that pays.

import { Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import { add, zero } from '#kernel/money.ts';
import { listBankAccounts } from '#payments/contract.ts';
import { downloadRefundFile, exportRefunds } from '#refunds/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { saveFile } from '../../lib/file.ts';
import { useTenant } from '../../lib/tenant.ts';
import { Money } from '../../ui/Money.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { toMoney, toValue } from '../payments/amounts.ts';
import type { Refund } from './RefundsPage.tsx';

export function OrderPanel({ refunds }: { readonly refunds: readonly Refund[] }) {
  const accounts = useRead(listBankAccounts, {}, { enabled: refunds.length > 0 }).data?.rows ?? [];
  const fits = (account: (typeof accounts)[number]): boolean =>
    refunds.some((one) => one.companyId === account.companyId && one.amount.currency === account.currency);
  const payers = accounts.filter(fits);
  const [chosenAccount, setChosenAccount] = useState<string | null>(null);
  const payer = payers.find((one) => one.bankAccountId === chosenAccount) ?? payers[0];
  if (refunds.length === 0) return null;
  return (
    <Panel title="To be paid now">
      <Stack gap="sm">
        {payer === undefined ? (
          <Text size="sm">
            No bank account of ours has the company and currency of these refunds. Add one on the page{' '}
            <TenantLink to="bank">Bank</TenantLink>.
          </Text>
        ) : (
          <>
            {payers.length > 1 ? (
              <Select
                label="From our account"
                allowDeselect={false}
                maw={420}
                data={payers.map((one) => ({
                  value: one.bankAccountId,
                  label: `${one.name} (${one.account}, ${one.currency})`,
                }))}
                value={payer.bankAccountId}
                onChange={setChosenAccount}
              />
            ) : null}
            <Ready
              key={payer.bankAccountId}
              payer={payer}
              refunds={refunds.filter(
                (one) => one.companyId === payer.companyId && one.amount.currency === payer.currency,
              )}
            />
          </>
        )}
      </Stack>
    </Panel>
  );
}

type ReadyProps = {
  readonly payer: { readonly bankAccountId: string; readonly name: string; readonly currency: string };
  readonly refunds: readonly Refund[];
};

function Ready({ payer, refunds }: ReadyProps) {
  const tenant = useTenant();
  const order = useCommand(exportRefunds);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = refunds.filter((one) => !left.has(one.refundId));
  const total = chosen.reduce((sum, one) => add(sum, toMoney(one.amount)), zero(payer.currency));
  const companyId = refunds[0]?.companyId ?? '';
  const send = (): void =>
    order.mutate(
      {
        body: { companyId, bankAccountId: payer.bankAccountId, refundIds: chosen.map((one) => one.refundId) },
      },
      {
        onSuccess: ({ fileId, refunds: ordered }) => {
          notifications.show({ message: `${ordered.length} ordered. Hand the file to the bank.` });
          void saveFile(downloadRefundFile, { params: { fileId } }, tenant);
        },
      },
    );
  return (
    <>
      {order.error ? <Trouble problem={order.error} /> : null}
      <Stack gap={6}>
        {refunds.map((one) => (
          <Checkbox
            key={one.refundId}
            checked={!left.has(one.refundId)}
            onChange={() => {
              const next = new Set(left);
              if (!next.delete(one.refundId)) next.add(one.refundId);
              setLeft(next);
            }}
            label={
              <Text size="sm" component="span">
                {one.customer?.name ?? '–'} · <Money value={one.amount} /> ·{' '}
                <span className="code">{one.account}</span>
              </Text>
            }
          />
        ))}
      </Stack>
      <Group justify="space-between" gap="sm">
        <Text size="sm" role="status">
          {chosen.length} of {refunds.length} from {payer.name}:{' '}
          <b>
            <Money value={toValue(total)} />
          </b>
        </Text>
        <Button
          leftSection={<IconFileExport size={16} aria-hidden />}
          loading={order.isPending}
          disabled={chosen.length === 0}
          onClick={send}
        >
          Make the file for the bank
        </Button>
      </Group>
    </>
  );
}
