import { batches } from './batches.ts';
import { calls } from './calls.ts';
import { create } from './create.ts';
import { fields } from './fields.ts';
import { gallery } from './gallery.ts';
import { integrations } from './integrations.ts';
import { page } from './page.ts';
import { problems } from './problems.ts';

export const english = { locale: 'en', page, create, fields, integrations, calls, gallery, batches, problems };
