// Sets of policies: the one in force, what was, and drafts; and policies to start from.

import { Badge, Button, Group, Menu, Stack, Table, Text } from '@mantine/core';
import { IconListTree, IconPlus } from '@tabler/icons-react';
import { importPolicies, listPolicySets, listReadyPolicies } from '#policies/contract.ts';
import { useGo } from '../../lib/address.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { STAGE_COLORS, STAGE_WORDS } from './policy-words.ts';
import { ImportButton } from './SetFileButtons.tsx';

export default function PoliciesPage() {
  const pages = usePages(listPolicySets);
  const rows = rowsOf(pages.data);
  return (
    <Page
      title="Policies"
      subtitle="Who is reminded when. The first policy that fits a customer counts; all of them together are a set."
      actions={<StartFrom />}
    >
      <Shown read={pages}>
        {() =>
          rows.length === 0 ? (
            <Panel>
              <Empty icon={<IconListTree size={36} stroke={1.4} />} title="No set of your own yet">
                Reminders go by the steps that Quittance comes with. Start a draft from a set that is there:
                it does nothing until you put it in force.
              </Empty>
            </Panel>
          ) : (
            <Panel>
              <Scroll minWidth={600} label="Sets of policies">
                <Table verticalSpacing="sm">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Set</Table.Th>
                      <Table.Th>Stage</Table.Th>
                      <Table.Th>Policies</Table.Th>
                      <Table.Th className="numeric">Tests</Table.Th>
                      <Table.Th>Changed</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {rows.map((row) => (
                      <Table.Tr key={row.setId}>
                        <Table.Td>
                          <TenantLink to={`policies/${row.setId}`}>
                            {row.number}. {row.name}
                          </TenantLink>
                          {row.note ? (
                            <Text size="xs" c="dimmed">
                              {row.note}
                            </Text>
                          ) : null}
                        </Table.Td>
                        <Table.Td>
                          <Badge color={STAGE_COLORS[row.stage] ?? 'gray'} variant="light">
                            {STAGE_WORDS[row.stage]}
                          </Badge>
                        </Table.Td>
                        <Table.Td>{row.policies.map(({ name }) => name).join(', ')}</Table.Td>
                        <Table.Td className="numeric">{countText(row.tests)}</Table.Td>
                        <Table.Td>{momentWords(row.liveAt ?? row.changedAt)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Scroll>
              <ShowMore pages={pages} mt="sm" />
            </Panel>
          )
        }
      </Shown>
    </Page>
  );
}

/** Makes a draft of one of the sets that Quittance comes with. */
function StartFrom() {
  const ready = useRead(listReadyPolicies);
  const make = useCommand(importPolicies);
  const mayEdit = useMay('cadence.edit');
  const go = useGo();
  if (!mayEdit) return null;
  return (
    <Stack gap="xs">
      {make.error ? <Trouble problem={make.error} /> : null}
      <Group>
        <ImportButton
          busy={make.isPending}
          onFile={(file) =>
            make.mutate({ body: { file } }, { onSuccess: ({ setId }) => go(`policies/${setId}`) })
          }
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button leftSection={<IconPlus size={16} aria-hidden />} loading={make.isPending}>
              New draft
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Start from</Menu.Label>
            {(ready.data?.rows ?? []).map(({ key, name, file }) => (
              <Menu.Item
                key={key}
                onClick={() =>
                  make.mutate({ body: { file } }, { onSuccess: ({ setId }) => go(`policies/${setId}`) })
                }
              >
                {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </Stack>
  );
}
