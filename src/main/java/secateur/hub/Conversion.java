package secateur.hub;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/**
 * The pull request in which the hub's robot offers safetensors for a repository of pickles. As transformers does
 * ({@code safetensors_conversion.py}), it is taken if the robot opened it, nobody closed it, and it stands on the newest
 * commit, so that its weights are those of the pickles.
 */
final class Conversion {

  private static final String ROBOT = "SFconvertbot";
  private static final String TITLE = "Adding `safetensors` variant of this model";

  private final Client client;

  Conversion(Client client) {
    this.client = client;
  }

  private record Discussions(List<Discussion> discussions) {}

  private record Discussion(int num, String title, String status, boolean isPullRequest, Author author) {

    boolean offered() {
      return isPullRequest && "open".equals(status) && TITLE.equals(title) && author != null && ROBOT.equalsIgnoreCase(author.name);
    }
  }

  private record Author(String name) {}

  private record Commit(String id) {}

  /** The revision of the pull request. */
  Optional<String> of(Listing listing) {
    Repository repository = listing.repository();
    try {
      String requests = "discussions?type=pull_request&status=open&author=" + ROBOT;
      for (Discussion each : ask(repository, requests, Discussions.class).discussions()) {
        String revision = "refs/pr/" + each.num();
        if (each.offered() && standsOn(listing.commit(), repository.at(revision))) {
          return Optional.of(revision);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("cannot ask " + client.host() + " for a safetensors conversion of the " + repository
          + " (" + e.getMessage() + ")", e);
    }
  }

  /** Whether the commit before the newest one of {@code request} is {@code commit}. */
  private boolean standsOn(String commit, Repository request) throws IOException {
    Commit[] commits = ask(request, "commits/" + request.encodedRevision(), Commit[].class);
    return commits.length > 1 && commit.equals(commits[1].id());
  }

  private <T> T ask(Repository repository, String question, Class<T> type) throws IOException {
    HttpResponse<String> answer = client.text(repository.api(question));
    client.check(answer, repository, "list of pull requests");
    return Answers.json(answer.body(), type);
  }
}
