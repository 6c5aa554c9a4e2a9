/** The yardstick: the least that a Java program can do. */
class Hello {
    public static void main(String[] args) {
        System.out.println("hello");
    }
}
