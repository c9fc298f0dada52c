package secateur.hub;

import java.util.Optional;
import java.util.SortedMap;

/**
 * The files of a repository at one commit.
 *
 * @param files bytes by name; -1 where the hub does not say
 * @param offline why this is what the cache holds and not what the hub has; empty where the hub was asked
 */
public record Listing(Repository repository, String commit, SortedMap<String, Long> files, Optional<String> offline) {}
