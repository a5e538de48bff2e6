// Payment terms: the list, what a company gives by default, and the tenant's own days of business.

import { Button, Stack, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { listPaymentTerms } from '#terms/contract.ts';
import { rowsOf, usePages } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { OwnDays } from './OwnDays.tsx';
import { type Terms, TermsDialog } from './TermsDialog.tsx';
import { TermsSetting } from './TermsSetting.tsx';

export function PaymentTerms() {
  return (
    <Stack>
      <TermsList />
      <TermsSetting />
      <OwnDays />
    </Stack>
  );
}

function TermsList() {
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
              None yet. With terms, an invoice knows by itself when it is due and what paying early saves.
            </Text>
          ) : (
            <Scroll minWidth={480}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Code</Table.Th>
                    <Table.Th>Name</Table.Th>
                    <Table.Th>Says</Table.Th>
                    {mayEdit ? <Table.Th aria-label="Change" /> : null}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((terms) => (
                    <Table.Tr key={terms.id}>
                      <Table.Td>{terms.code}</Table.Td>
                      <Table.Td>{terms.name}</Table.Td>
                      <Table.Td>{terms.words}</Table.Td>
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
