// The numbers of accounts that a customer pays to, its own: what comes to one is its money.

import { Badge, Button, Group, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { giveReceivingAccount, listReceivingAccounts, retireReceivingAccount } from '#receiving/contract.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { useCompanies } from '../../ui/CompanySelect.tsx';
import { ConfirmButton, FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';

type Free = { readonly companyId: string; readonly currency: string; readonly free: number };

/** Shown where the customer has a number, or one could be given. */
export function CustomerNumbers({ customerId }: { readonly customerId: string }) {
  const mayGive = useMay('customer.edit');
  const pages = usePages(listReceivingAccounts, { query: { customerId } });
  const retire = useCommand(retireReceivingAccount);
  const [giving, setGiving] = useState(false);
  const rows = rowsOf(pages.data);
  const free = pages.data?.pages[0]?.free ?? [];
  if (pages.data && rows.length === 0 && free.length === 0) return null;
  return (
    <Panel
      title="Account numbers of its own"
      actions={
        mayGive && free.length > 0 ? (
          <Button size="xs" variant="default" onClick={() => setGiving(true)}>
            Give a number
          </Button>
        ) : null
      }
    >
      <Shown read={pages}>
        {() => (
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              {rows.length === 0
                ? 'This customer pays to the usual account.'
                : 'Its invoices show the number. What is paid to one of them is its money, whoever sent it.'}
            </Text>
            {rows.map((row) => (
              <Group key={row.accountId} justify="space-between" gap="xs">
                <Group gap={6}>
                  <Text size="sm">{row.account.replace(/(.{4})(?=.)/g, '$1 ')}</Text>
                  <Text size="sm" c="dimmed">
                    {row.currency} · {row.companyName}
                  </Text>
                  {row.state === 'retired' ? <Badge color="gray">shown no more</Badge> : null}
                </Group>
                {mayGive && row.state === 'shown' ? (
                  <ConfirmButton
                    label="Show it no more"
                    spoken={`Show ${row.account} no more`}
                    title="Show the number no more?"
                    says="New invoices show the usual account again. What is still paid to this number stays this customer’s money."
                    confirmLabel="Show it no more"
                    act={() => retire.mutateAsync({ params: { accountId: row.accountId }, body: {} })}
                  />
                ) : null}
              </Group>
            ))}
          </Stack>
        )}
      </Shown>
      {giving ? <GiveDialog customerId={customerId} free={free} onClose={() => setGiving(false)} /> : null}
    </Panel>
  );
}

type GiveDialogProps = { readonly customerId: string; readonly free: readonly Free[]; onClose(): void };

function GiveDialog({ customerId, free, onClose }: GiveDialogProps) {
  const give = useCommand(giveReceivingAccount);
  const companies = useCompanies() ?? [];
  const nameOf = (id: string): string => companies.find((company) => company.id === id)?.name ?? '';
  const choices = free.map((one) => ({
    value: `${one.companyId} ${one.currency}`,
    label: `${one.currency} · ${nameOf(one.companyId)} (${one.free} free)`,
  }));
  const [choice, setChoice] = useState(choices[0]?.value ?? '');
  const [companyId = '', currency = ''] = choice.split(' ');
  return (
    <FormDialog
      title="Give a number"
      opened
      onClose={onClose}
      onSubmit={() =>
        give.mutate(
          { params: { customerId }, body: { companyId, currency } },
          {
            onSuccess: ({ account }) => {
              notifications.show({ message: `Its invoices show ${account} from now on.` });
              onClose();
            },
          },
        )
      }
      submitLabel="Give the next free one"
      busy={give.isPending}
      problem={give.error}
    >
      <Select
        label="For payments in"
        description="The customer’s next invoices show it in the place of the usual account."
        data={choices}
        value={choice}
        allowDeselect={false}
        data-autofocus
        onChange={(value) => setChoice(value ?? '')}
      />
    </FormDialog>
  );
}
