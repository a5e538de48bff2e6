// Payment terms that customers can be given: how many days they have.

import { Button, Group, NumberInput, Table, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { addPaymentTerms, changePaymentTerms, listPaymentTerms } from '#parties/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { useFields } from '../../lib/fields.ts';
import { countText } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Terms = Reply<typeof listPaymentTerms>['rows'][number];

export function PaymentTerms() {
  const pages = usePages(listPaymentTerms);
  const mayEdit = useMay('customer.edit');
  const [editing, setEditing] = useState<Terms | 'new' | null>(null);
  const rows = rowsOf(pages.data);
  return (
    <Panel
      title="Payment terms"
      actions={
        mayEdit ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setEditing('new')}
          >
            Add terms
          </Button>
        ) : null
      }
    >
      <Shown read={pages}>
        {() =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              None yet. With terms, an invoice knows by itself when it is due.
            </Text>
          ) : (
            <Scroll minWidth={420}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Code</Table.Th>
                    <Table.Th>Name</Table.Th>
                    <Table.Th className="numeric">Days</Table.Th>
                    {mayEdit ? <Table.Th aria-label="Change" /> : null}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((terms) => (
                    <Table.Tr key={terms.id}>
                      <Table.Td>{terms.code}</Table.Td>
                      <Table.Td>{terms.name}</Table.Td>
                      <Table.Td className="numeric">{countText(terms.netDays)}</Table.Td>
                      {mayEdit ? (
                        <Table.Td className="numeric">
                          <Button
                            size="compact-sm"
                            variant="default"
                            aria-label={`Change ${terms.name}`}
                            onClick={() => setEditing(terms)}
                          >
                            Change
                          </Button>
                        </Table.Td>
                      ) : null}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Scroll>
          )
        }
      </Shown>
      {editing === null ? null : (
        <TermsDialog terms={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />
      )}
    </Panel>
  );
}

const DAYS_MAX = 730;
const CODES = { payment_terms_code_taken: 'code' };

function TermsDialog({ terms, onClose }: { readonly terms: Terms | undefined; onClose(): void }) {
  const add = useCommand(addPaymentTerms);
  const change = useCommand(changePaymentTerms);
  const form = useFields({ code: '', name: terms?.name ?? '' });
  const [days, setDays] = useState(terms?.netDays ?? 30);
  const command = terms ? change : add;
  const { at, rest } = placeTrouble(command.error, ['code', 'name', 'netDays'], CODES);
  const submit = (): void => {
    const { code, name } = form.values;
    const done = { onSuccess: onClose };
    if (terms) change.mutate({ params: { paymentTermsId: terms.id }, body: { name, netDays: days } }, done);
    else add.mutate({ body: { code, name, netDays: days } }, done);
  };
  return (
    <FormDialog
      title={terms ? `Change ${terms.name}` : 'Add payment terms'}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={terms ? 'Save' : 'Add'}
      busy={command.isPending}
      problem={rest}
    >
      <Group grow align="flex-start">
        {terms ? null : (
          <TextInput
            label="Code"
            placeholder="NET30"
            required
            data-autofocus
            {...form.text('code')}
            error={at('code')}
          />
        )}
        <NumberInput
          label="Days from the date of issue"
          required
          min={0}
          max={DAYS_MAX}
          allowDecimal={false}
          value={days}
          onChange={(value) => setDays(Number(value))}
          error={at('netDays')}
        />
      </Group>
      <TextInput label="Name" placeholder="30 days net" required {...form.text('name')} error={at('name')} />
      {terms ? (
        <Text size="sm" c="dimmed">
          Issued invoices keep their due dates.
        </Text>
      ) : null}
    </FormDialog>
  );
}
