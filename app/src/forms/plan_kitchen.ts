/**
 * The kitchen, its meals, the business group and the Kampung KB.
 *
 * The rule this module protects: *a cook with wet hands is asked for counts first, money and paper last*.
 */

import type { PlanSection } from './plan'

export const KITCHEN_PLANS: { [kind: string]: PlanSection[] } = {
  dashat_kitchen: [
    {
      id: 'kitchen',
      title: { id: 'Dapur', en: 'The kitchen' },
      fields: ['name', 'kampung_kb_id', 'level', 'start_date', 'status', 'manager_id', 'cadre_ids'],
    },
    {
      id: 'running',
      title: { id: 'Kegiatan dan dana', en: 'Activities and funding' },
      fields: ['operating_model', 'funding_sources', 'sessions_per_week_plan', 'capacity_portions'],
      more: ['sk_number', 'uppka_group_id'],
    },
    {
      id: 'mapping',
      title: { id: 'Pemetaan desa', en: 'Mapping of the village' },
      fields: ['mapping_at_risk_families', 'mapping_stunting_cases', 'mapping_food_access'],
      more: ['mapping_similar_programs'],
    },
  ],
  menu_recipe: [
    {
      id: 'menu',
      title: { id: 'Menu', en: 'Menu' },
      fields: ['name', 'target_group', 'yield_portions', 'portion_g', 'local_food'],
    },
    {
      id: 'cooking',
      title: { id: 'Bahan dan cara masak', en: 'Ingredients and cooking' },
      fields: ['ingredients', 'steps'],
      more: ['allergens'],
    },
  ],
  meal_session: [
    {
      id: 'session',
      title: { id: 'Kapan dan masak apa', en: 'When and what' },
      fields: ['kitchen_id', 'session_date', 'meal_slot', 'menu_ids'],
    },
    {
      id: 'portions',
      title: { id: 'Porsi', en: 'Portions' },
      fields: ['portions_cooked', 'portions_served_free', 'portions_sold'],
      more: ['portions_discarded'],
    },
    {
      id: 'recipients',
      title: { id: 'Penerima', en: 'Who received it' },
      fields: ['recipients', 'served_by_group'],
    },
    {
      id: 'money',
      title: { id: 'Dana dan kehadiran', en: 'Funding and attendance' },
      fields: ['funding_source', 'kie_in_session', 'attendance'],
      more: ['ingredient_cost_idr', 'in_kind_value_idr', 'sales_idr'],
    },
  ],
  education_session: [
    {
      id: 'session',
      title: { id: 'Kegiatan', en: 'The session' },
      fields: ['session_date', 'session_type', 'topics', 'hours'],
      more: ['speakers', 'kampung_kb_id'],
    },
    {
      id: 'participants',
      title: { id: 'Peserta', en: 'Participants' },
      fields: ['participants_by_group'],
      more: ['member_ids'],
    },
  ],
  uppka_group: [
    {
      id: 'group',
      title: { id: 'Kelompok UPPKA', en: 'UPPKA group' },
      fields: ['name', 'members_total', 'members_acceptor', 'business_types', 'linked_kitchen_id'],
      more: ['capital_idr'],
    },
  ],
  uppka_sale: [
    {
      id: 'sale',
      title: { id: 'Penjualan', en: 'The sale' },
      fields: ['group_id', 'sale_date', 'product', 'quantity', 'unit', 'unit_price_idr'],
      more: ['cost_idr', 'channel', 'profit_to_dashat_idr'],
    },
  ],
  kampung_kb: [
    {
      id: 'place',
      title: { id: 'Kampung KB', en: 'Quality-family village' },
      fields: ['name', 'declared_on', 'active', 'coverage'],
    },
  ],
  kampung_kb_activity: [
    {
      id: 'activity',
      title: { id: 'Kegiatan', en: 'The activity' },
      fields: ['kampung_kb_id', 'title', 'activity_date', 'place', 'description'],
    },
    {
      id: 'frame',
      title: { id: 'Jenis dan peserta', en: 'Type and audience' },
      fields: ['section', 'audience', 'agencies'],
      more: ['inpres_activity'],
    },
  ],
}
