// What a company looks at before it issues an invoice.

import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { readCompanyRules, replaceCompanyRules, START_RULES } from '#checks/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { RulesEditor, type Stated } from './RulesEditor.tsx';

export function CompanyChecks() {
  const companies = useCompanies();
  const [chosen, setChosen] = useState('');
  const companyId = chosen || (companies?.[0]?.id ?? '');
  const read = useRead(readCompanyRules, { params: { companyId } }, { enabled: companyId !== '' });
  if (companies?.length === 0) return null;
  return (
    <Panel title="Before an invoice is issued">
      <Stack>
        <Text size="sm" c="dimmed">
          A warning is shown to whoever issues, who may issue all the same; in runs it is kept and listed.
          What is refused is mended first. A customer can have rules of its own, on its page.
        </Text>
        {(companies?.length ?? 0) > 1 ? (
          <CompanySelect value={companyId} onChange={setChosen} width={320} />
        ) : null}
        <Shown read={read}>
          {(found) => (
            <RulesForm key={companyId + JSON.stringify(found.stated)} companyId={companyId} found={found} />
          )}
        </Shown>
      </Stack>
    </Panel>
  );
}

function RulesForm({
  companyId,
  found,
}: {
  readonly companyId: string;
  readonly found: Reply<typeof readCompanyRules>;
}) {
  const mayChange = useMay('company.manage');
  const replace = useCommand(replaceCompanyRules);
  const [stated, setStated] = useState<Stated>(found.stated);
  const isChanged = JSON.stringify(stated) !== JSON.stringify(found.stated);
  return (
    <Stack gap="sm">
      {replace.error ? <Trouble problem={replace.error} /> : null}
      <RulesEditor stated={stated} basis={START_RULES} disabled={!mayChange} onChange={setStated} />
      {mayChange ? (
        <Group>
          <Button
            onClick={() => replace.mutate({ params: { companyId }, body: { rules: stated } })}
            loading={replace.isPending}
            disabled={!isChanged}
          >
            Save
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
