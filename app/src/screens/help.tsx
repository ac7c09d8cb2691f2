/**
 * Help: a list of worries, and a page for each.
 *
 * The rule this module protects: *help works where it is needed*: offline, in a chunk that is fetched with
 * the app.
 */
import { address, route } from '../route'
import { Art } from '../ui/art'
import { Empty } from '../ui/empty'
import { Card, Row } from '../ui/parts'
import { Screen } from '../ui/screen'
import { lang, words } from '../words/words'
import { helpEn } from './help_en'
import { helpId } from './help_id'

export function HelpScreen() {
  const articles = lang.value === 'id' ? helpId : helpEn
  const name = route.value.path[2]
  const w = words.value
  if (!name) {
    return (
      <Screen title={w.more.help} parent="/lainnya">
        <Card look="flush">
          {articles.map((article) => (
            <Row
              key={article.name}
              to={address('lainnya', 'bantuan', article.name)}
              before={
                <span class="step-art">
                  <Art name={article.art} size={2.5} />
                </span>
              }
              name={article.title}
              under={article.lead}
            />
          ))}
        </Card>
      </Screen>
    )
  }
  const article = articles.find((one) => one.name === name)
  if (!article) {
    return (
      <Screen title={w.more.help} parent="/lainnya/bantuan">
        <Empty art="search" title={w.app.notFound} />
      </Screen>
    )
  }
  return (
    <Screen title={article.title} parent="/lainnya/bantuan">
      <article class="article">
        <div class="centre">
          <Art name={article.art} size={8} />
          <p>{article.lead}</p>
        </div>
        <Card>
          <ol>
            {article.steps.map((step) => (
              <li>
                <p>{step}</p>
              </li>
            ))}
          </ol>
        </Card>
        {article.end && <p class="quote">{article.end}</p>}
      </article>
    </Screen>
  )
}
