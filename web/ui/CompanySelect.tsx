// Choosing one of the tenant's companies. With only one there is nothing to choose, and it is taken.

import { Select } from '@mantine/core';
import { useEffect } from 'react';
import { listCompanies } from '#parties/contract.ts';
import type { Reply } from '../lib/api.ts';
import { useRead } from '../lib/data.ts';

export type Company = Reply<typeof listCompanies>['rows'][number];

const COMPANIES_READ = 500;

/** The companies of the tenant, by code. */
export function useCompanies(): readonly Company[] | undefined {
  return useRead(listCompanies, { query: { limit: COMPANIES_READ } }).data?.rows;
}

export function CompanySelect({
  value,
  onChange,
  label = 'Company',
  error,
  width,
}: {
  readonly value: string;
  onChange(companyId: string): void;
  readonly label?: string;
  readonly error?: string | undefined;
  readonly width?: number;
}) {
  const companies = useCompanies();
  const first = companies?.[0]?.id;
  useEffect(() => {
    if (value === '' && first !== undefined) onChange(first);
  }, [value, first, onChange]);
  return (
    <Select
      label={label}
      required
      data={(companies ?? []).map((company) => ({
        value: company.id,
        label: `${company.name} (${company.functionalCurrency})`,
      }))}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
      allowDeselect={false}
      error={
        error ?? (companies?.length === 0 ? 'There is no company yet. Open one in the settings.' : undefined)
      }
      {...(width === undefined ? {} : { w: width })}
    />
  );
}
