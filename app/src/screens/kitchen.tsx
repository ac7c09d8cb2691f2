/**
 * The kitchens: their sessions, the kitchens themselves, recipes.
 *
 * The rule this module protects: *a session is one tap away from the kitchen that cooked*.
 */
import { go, route } from '../route'
import { Segmented } from '../ui/choices'
import { Button } from '../ui/parts'
import { Screen } from '../ui/screen'
import { words } from '../words/words'
import { Rows } from './rows'

type View = 'sesi' | 'dapur' | 'resep'

export function KitchenScreen() {
  const w = words.value
  const view = (route.value.query.get('lihat') ?? 'sesi') as View
  const kind = view === 'dapur' ? 'dashat_kitchen' : view === 'resep' ? 'menu_recipe' : 'meal_session'
  const add =
    view === 'dapur' ? w.kitchen.addKitchen : view === 'resep' ? w.kitchen.addRecipe : w.kitchen.addSession
  return (
    <Screen
      title={w.app.kitchen}
      action={
        <Button look="main" icon="plus" to={`/isi/${kind}`}>
          {add}
        </Button>
      }
    >
      <Segmented<View>
        label={w.app.kitchen}
        value={view}
        options={[
          { value: 'sesi', text: w.kitchen.sessions },
          { value: 'dapur', text: w.kitchen.kitchens },
          { value: 'resep', text: w.kitchen.recipes },
        ]}
        onChange={(next) => go(`/dapur?lihat=${next}`, true)}
      />
      {view === 'sesi' && (
        <Rows
          kind={kind}
          icon="pot"
          art="pot"
          none={w.kitchen.noSessions}
          noneText={w.kitchen.noSessionsText}
        />
      )}
      {view === 'dapur' && (
        <Rows
          kind={kind}
          icon="home"
          art="pot"
          none={w.kitchen.noKitchens}
          noneText={w.kitchen.noKitchensText}
        />
      )}
      {view === 'resep' && (
        <Rows
          kind={kind}
          icon="book"
          art="book"
          none={w.kitchen.noRecipes}
          noneText={w.kitchen.noRecipesText}
        />
      )}
    </Screen>
  )
}
