# Pieces of a decoder. eps is a float32 scalar on the host; x keeps its type, norms are computed in float32.

def rms_norm(self: __torch__.Ops,
  x: Tensor,
  w: Tensor,
  eps: Tensor) -> Tensor:
  y = torch.rms_norm(torch.to(x, 6), [torch.size(w, 0)], w, float(eps))
  return torch.to(y, x)

def layer_norm(self: __torch__.Ops,
  x: Tensor,
  w: Tensor,
  b: Tensor,
  eps: Tensor) -> Tensor:
  y = torch.layer_norm(torch.to(x, 6), [torch.size(w, 0)], w, b, float(eps))
  return torch.to(y, x)

# x (B, H, T, D), cos and sin (T, R), R <= D: rotates the first R of each head, halves paired (Su et al., 2104.09864)
def rotate(self: __torch__.Ops,
  x: Tensor,
  cos: Tensor,
  sin: Tensor) -> Tensor:
  r = torch.size(cos, 1)
  h = torch.floordiv(r, 2)
  signed = torch.cat([torch.neg(torch.slice(sin, 1, 0, h)), torch.slice(sin, 1, h)], 1)
  if torch.eq(r, torch.size(x, 3)):
    y = torch.to(x, 6)
    out = torch.to(torch.add(torch.mul(y, cos), torch.mul(torch.roll(y, [h], [3]), signed)), x)
  else:
    y = torch.to(torch.slice(x, 3, 0, r), 6)
    z = torch.to(torch.add(torch.mul(y, cos), torch.mul(torch.roll(y, [h], [3]), signed)), x)
    out = torch.cat([z, torch.slice(x, 3, r)], 3)
  return out

# q (B, H, T, D), k and v (B, K, S, D) with K dividing H; returns (B, T, H D)
def attend_causal(self: __torch__.Ops,
  q: Tensor,
  k: Tensor,
  v: Tensor) -> Tensor:
  if torch.eq(torch.size(q, 1), torch.size(k, 1)):
    k2 = k
    v2 = v
  else:
    n = torch.floordiv(torch.size(q, 1), torch.size(k, 1))
    k2 = torch.repeat_interleave(k, n, 1)
    v2 = torch.repeat_interleave(v, n, 1)
  o = torch.scaled_dot_product_attention(q, k2, v2, None, 0., True)
  return torch.flatten(torch.transpose(o, 1, 2), 2)

# mask (T, S) or (H, T, S), added to the scores
def attend_masked(self: __torch__.Ops,
  q: Tensor,
  k: Tensor,
  v: Tensor,
  mask: Tensor) -> Tensor:
  if torch.eq(torch.size(q, 1), torch.size(k, 1)):
    k2 = torch.to(k, q)
    v2 = torch.to(v, q)
  else:
    n = torch.floordiv(torch.size(q, 1), torch.size(k, 1))
    k2 = torch.repeat_interleave(torch.to(k, q), n, 1)
    v2 = torch.repeat_interleave(torch.to(v, q), n, 1)
  o = torch.scaled_dot_product_attention(q, k2, v2, torch.to(mask, q))
  return torch.flatten(torch.transpose(o, 1, 2), 2)

def silu(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  return torch.silu(x)

def gelu_tanh(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  return torch.gelu(x, approximate="tanh")

# logits (B, T, V), ids (B, T): next-token cross-entropy of each window, (B)
def window_loss(self: __torch__.Ops,
  logits: Tensor,
  ids: Tensor) -> Tensor:
  z = torch.to(torch.slice(logits, 1, 0, -1), 6)
  y = torch.slice(ids, 1, 1)
  nll = torch.cross_entropy_loss(torch.flatten(z, 0, 1), torch.flatten(y), None, 0)
  return torch.mean(torch.view(nll, [torch.size(y, 0), torch.size(y, 1)]), [1])

def gelu(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  return torch.gelu(x)

def embed(self: __torch__.Ops,
  ids: Tensor,
  table: Tensor) -> Tensor:
  return torch.embedding(table, ids)

# logits (B, T, V), targets (B, T): their mean, a scalar
def cross_entropy(self: __torch__.Ops,
  logits: Tensor,
  targets: Tensor) -> Tensor:
  return torch.cross_entropy_loss(torch.to(torch.flatten(logits, 0, 1), 6), torch.flatten(targets))

# In training on a GPU: float32 outside, bfloat16 inside.

def mixed_linear(self: __torch__.Ops,
  x: Tensor,
  w: Tensor) -> Tensor:
  return torch.to(torch.linear(torch.to(x, 15), torch.to(w, 15)), 6)

def mixed_linear_biased(self: __torch__.Ops,
  x: Tensor,
  w: Tensor,
  b: Tensor) -> Tensor:
  return torch.to(torch.linear(torch.to(x, 15), torch.to(w, 15), torch.to(b, 15)), 6)

def mixed_attend_causal(self: __torch__.Ops,
  q: Tensor,
  k: Tensor,
  v: Tensor) -> Tensor:
  if torch.eq(torch.size(q, 1), torch.size(k, 1)):
    k2 = torch.to(k, 15)
    v2 = torch.to(v, 15)
  else:
    n = torch.floordiv(torch.size(q, 1), torch.size(k, 1))
    k2 = torch.repeat_interleave(torch.to(k, 15), n, 1)
    v2 = torch.repeat_interleave(torch.to(v, 15), n, 1)
  o = torch.scaled_dot_product_attention(torch.to(q, 15), k2, v2, None, 0., True)
  return torch.to(torch.flatten(torch.transpose(o, 1, 2), 2), 6)

def mixed_attend_masked(self: __torch__.Ops,
  q: Tensor,
  k: Tensor,
  v: Tensor,
  mask: Tensor) -> Tensor:
  if torch.eq(torch.size(q, 1), torch.size(k, 1)):
    k2 = torch.to(k, 15)
    v2 = torch.to(v, 15)
  else:
    n = torch.floordiv(torch.size(q, 1), torch.size(k, 1))
    k2 = torch.repeat_interleave(torch.to(k, 15), n, 1)
    v2 = torch.repeat_interleave(torch.to(v, 15), n, 1)
  o = torch.scaled_dot_product_attention(torch.to(q, 15), k2, v2, torch.to(mask, 15))
  return torch.to(torch.flatten(torch.transpose(o, 1, 2), 2), 6)

def dropout(self: __torch__.Ops,
  x: Tensor,
  p: Tensor) -> Tensor:
  return torch.dropout(x, float(p), True)

# the same from a counter, on all cores: four numbers of 16 bits from each number of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014)
def dropout_counted(self: __torch__.Ops,
  x: Tensor,
  p: Tensor,
  seed: Tensor) -> Tensor:
  n = torch.numel(x)
  z = torch.arange(torch.floordiv(torch.add(n, 3), 4), dtype=4, layout=None, device=x.device)
  z = torch.add_(torch.mul_(z, -7046029254386353131), int(seed))
  z = torch.mul_(torch.__ixor__(z, torch.__iand__(torch.bitwise_right_shift(z, 30), 17179869183)), -4658895280553007687)
  z = torch.mul_(torch.__ixor__(z, torch.__iand__(torch.bitwise_right_shift(z, 27), 137438953471)), -7723592293110705685)
  z = torch.__ixor__(z, torch.__iand__(torch.bitwise_right_shift(z, 31), 8589934591))
  gone = int(torch.clamp_max(torch.round(torch.mul(p, 65536)), 65535))
  parts = [torch.to(z, 2), torch.to(torch.bitwise_right_shift(z, 16), 2), torch.to(torch.bitwise_right_shift(z, 32), 2), torch.to(torch.bitwise_right_shift(z, 48), 2)]
  kept = torch.ge(torch.slice(torch.cat(parts), 0, 0, n), torch.sub(gone, 32768))
  scale = torch.mul_(torch.to(kept, x.dtype), torch.div(65536, torch.sub(65536, gone)))
  return torch.mul(x, torch.view_as(scale, x))

def relu(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  return torch.relu(x)

def scaled(self: __torch__.Ops,
  x: Tensor,
  factor: Tensor) -> Tensor:
  return torch.mul(x, float(factor))

# logits and labels (B, T, V), both divided by the temperature before softmax: a scalar
def soft_cross_entropy(self: __torch__.Ops,
  logits: Tensor,
  labels: Tensor,
  temperature: Tensor) -> Tensor:
  t = float(temperature)
  p = torch.softmax(torch.div(torch.to(torch.flatten(labels, 0, 1), 6), t), -1)
  q = torch.log_softmax(torch.div(torch.to(torch.flatten(logits, 0, 1), 6), t), -1)
  return torch.mul(torch.neg(torch.mean(torch.sum(torch.mul(p, q), [-1]))), torch.mul(t, t))

# q (B, H, T, D), k (B, K, T, D): scores before any mask and softmax, q k' / sqrt(D), (B, H, T, T) float32
def scores(self: __torch__.Ops,
  q: Tensor,
  k: Tensor) -> Tensor:
  k2 = torch.repeat_interleave(torch.to(k, 6), torch.floordiv(torch.size(q, 1), torch.size(k, 1)), 1)
  s = torch.matmul(torch.to(q, 6), torch.transpose(k2, 2, 3))
  return torch.div(s, torch.sqrt(torch.size(q, 3)))
