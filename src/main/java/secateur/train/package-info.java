/**
 * The one training loop: {@link secateur.train.Trainer} takes a {@link secateur.train.Loss}, {@link secateur.train.Data}
 * and an {@link secateur.train.Adapter}, whatever is trained.
 */
package secateur.train;
