// Somebody who fills in forms, as the app does it: field by field.
//
// The rule this module protects: *what is measured is what is typed*: every answer is given that a form demands.

export class Typist {
  static async at(page) {
    const typist = new Typist()
    typist.page = page
    typist.schema = await typist.ask('schema')
    typist.me = (await typist.ask('life')).me.author
    typist.day = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Jakarta' })
    return typist
  }

  ask(call, ...args) {
    return this.page.evaluate(([call, args]) => window.watched.ask(call, ...args), [call, args])
  }

  /** An open form of a visit to a person of `today`, all of it answered. */
  async visit(due) {
    return this.filled('visit', {
      household_id: due.household,
      subject_id: due.person,
      target_group: due.group,
      visit_date: this.day,
      visit_place: 'home',
      met_in_person: true,
      alive: 'yes',
      present_members: [this.me],
    })
  }

  /** A meal for everybody who is due, 30 at most. */
  async session(today) {
    const [menu] = await this.ask('rows', 'menu_recipe')
    const blank = { staple: true, side_dish: true, vegetable: true, fruit: null, per_recipe: true, delivered_by: null }
    const plate = (group) => ({ ...blank, target_group: group, portions: '1.0', consumed: 'all' })
    const guests = today.due.slice(0, 30).map(({ person, group }) => [person, plate(group)])
    return this.filled('meal_session', {
      kitchen_id: today.kitchens[0].id,
      session_date: this.day,
      meal_slot: 'lunch',
      menu_ids: [menu.id],
      portions_cooked: guests.length,
      portions_served_free: guests.length,
      portions_sold: 0,
      recipients: Object.fromEntries(guests),
    })
  }

  async filled(name, given) {
    const kind = this.schema.kinds.find((kind) => kind.name === name)
    let state = await this.ask('blank', name, given)
    const tried = new Set()
    for (;;) {
      const field = state.missing.find((field) => !tried.has(field))
      if (!field) return state
      tried.add(field)
      const about = kind.fields.find(({ name }) => name === field)
      state = await this.ask('type', state.form, field, this.answer(about)).catch(() => state)
    }
  }

  answer({ shape, value, hard, soft }) {
    const one = this.value(value, soft ?? hard)
    if (shape === 'one') return one
    if (shape.set) return [this.value(shape.set)]
    return { [this.value(shape.map)]: one }
  }

  value(type, range) {
    const middle = Math.round(((range?.min ?? 1) + (range?.max ?? 9)) / 2)
    if (type === 'bool') return true
    if (type === 'int') return middle
    if (type === 'text') return 'seperti bulan lalu'
    if (type === 'date') return this.day
    if (type === 'month') return this.day.slice(0, 7)
    if (type.decimal) return (middle / 10 ** type.decimal.scale).toFixed(type.decimal.scale)
    if (type.code) return this.schema.enumerations.find((list) => list.name === type.code).codes[0].name
    if (type.group) {
      return Object.fromEntries(type.group.map((part) => [part.name, this.value(part.value, part.soft ?? part.hard)]))
    }
    return this.me
  }
}
